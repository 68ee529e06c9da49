/** What `lucie` and `lucie COMMAND --help` print. */
export const usage = `Lucie Workbench

  lucie ask "question"         answer in the terminal (reads standard input where there is no question, or for -)
  lucie tokens "text"          the tokens of a text, one a line (reads standard input likewise)
  lucie models [list]          the models that can be loaded
  lucie models pull OWNER/NAME[@REVISION]
                               a model of the Hugging Face hub, verified; goes on where it was interrupted
  lucie serve                  the workbench in a browser, on 127.0.0.1

ask:
  --model ID|FOLDER            a model of the list, or a model folder (default: the embedded demo model)
  --system TEXT                system prompt
  --temperature T              0 is greedy (default 0.6)      --top-k K   --top-p P   --min-p P
  --repetition-penalty R       1 is off                       --seed N    --max-tokens N

tokens:
  --model ID|FOLDER            whose tokenizer                --json      ids and spans as JSON

models:
  --data FOLDER                where downloaded models are kept (below models/)
  --to FOLDER                  download into this folder instead
  --onnx, --safetensors        which weights (default: ONNX where there are some)
  HF_ENDPOINT, HF_TOKEN        a mirror; a token for private models. Proxy: NODE_USE_ENV_PROXY=1 HTTPS_PROXY=…

serve:
  --port N                     0 lets the system choose (default)
  --data FOLDER                where conversations and settings are kept

Exit codes: 0 done, 1 failed (the reason is on standard error), 2 wrong usage, 130 interrupted.
`;
