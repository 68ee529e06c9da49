/** What `lucie` and `lucie COMMAND --help` print. */
export const usage = `Lucie Workbench

  lucie ask "question"         answer in the terminal (reads standard input where there is no question, or for -)
  lucie tokens "text"          the tokens of a text, one a line (reads standard input likewise; --file for a file)
  lucie compare FILE|FOLDER|-  what the same text costs with several tokenizers, by language
  lucie score "text"           how probable a text is, token by token (reads standard input likewise)
  lucie replay RECEIPT         an answer again from its receipt: identical, or the first token that differs
  lucie models [list]          the models that can be loaded
  lucie models pull OWNER/NAME[@REVISION]
                               a model of the Hugging Face hub, verified; goes on where it was interrupted
  lucie models convert OWNER/NAME[@REVISION]|FOLDER
                               published weights into a model that runs here; goes on where it was interrupted
  lucie models verify MODEL    whether a model is what it was when it was written
  lucie models remove MODEL    deletes a model that was downloaded or converted
  lucie serve                  the workbench in a browser, on 127.0.0.1

ask:
  --model ID|FOLDER            a model of the list, or a model folder (default: the embedded demo model)
  --system TEXT                system prompt
  --prefill TEXT               what the answer begins with; the model goes on after it
  --text-mode                  the text as it is, without chat template, for the model to go on with
  --device NAME                auto (default), cpu, webgpu, cuda, dml, coreml; what fails falls back to the CPU
  --temperature T              0 is greedy (default 0.6)      --top-k K   --top-p P   --min-p P
  --typical-p P                1 is off                       --seed N    --max-tokens N
  --repetition-penalty R       1 is off; prompt and answer count
  --frequency-penalty F, --presence-penalty F
                               0 is off; only the answer counts
  --logit-bias ID=VALUE        added to the logit of a token, -100 to 100 (may be repeated)
  --ban TEXT, --stop TEXT      never write this; end before this (may be repeated)
  --json-schema FILE|JSON, --regex PATTERN, --grammar FILE
                               the answer has this form (FILE of --grammar: GBNF, start rule root)
  --receipt FILE               writes what it takes to compute the answer again

tokens:
  --tokenizer NAME             a tokenizer.json or its folder, a model of the list, or owner/name[@revision] of the hub, of
                               which the tokenizer's files alone are fetched, once (default: the embedded model's)
  --file F                     the text of a file (- is standard input); a long one is read piece by piece
  --json                       JSON lines; the last one is the summary
  --ids                        the ids alone, on one line
  Columns: id, piece, span in UTF-16 units, bytes.

compare:
  --tokenizer NAME             as above; once for each tokenizer
  --reference                  also what the makers of Lucie published for seven tokenizers
  --json                       JSON lines: tokenizers, files, languages, the total
  Of a folder: its text files (.txt, .md) and those of the folders in it. A file that is named is read as plain text,
  whatever it is (of JSON lines, braces and keys count too). The language is read from the names: fr.txt,
  fr-code-civil.txt, train/fr/….

score:
  --model ID|FOLDER            the model that judges          --file F    the text of a file
  --top K                      so many alternatives a token (default 3)
  --window N   --stride M      a text longer than the context, by windows of N tokens every M (default N/2)
  --continuation TEXT          compares continuations of the text instead; once for each
  --format table|json|histogram
                               a line a token (default); JSON lines, the last one the summary (also --json); or how
                               many tokens surprise the model by how many bits
  Columns: id, piece, log-probability (nats), rank, entropy (nats), the most probable tokens.
  Of continuations: log-probability, the same for each token, character and byte, text.

replay:
  --model ID|FOLDER            this model instead of the one with the receipt's hashes
  --device NAME                this device instead of the receipt's
  --data FOLDER                where models are looked for

models:
  --data FOLDER                where downloaded models are kept (below models/)
  --to FOLDER                  pull, convert: into this folder instead
  --onnx, --safetensors        pull: which weights (default: ONNX where there are some)
  --target cpu|gpu|both        convert: for which machine (default: cpu)
  --keep-source                convert: download the published weights first, and leave them there
  --calibrate TEXT-FILE        convert: texts for the int8 KV cache instead of those that come with the workbench
  --no-calibrate               convert: without an int8 KV cache
  HF_ENDPOINT, HF_TOKEN        a mirror; a token for private models. Proxy: NODE_USE_ENV_PROXY=1 HTTPS_PROXY=…

serve:
  --port N                     0 lets the system choose (default)
  --data FOLDER                where conversations and settings are kept

Exit codes: 0 done, 1 failed (the reason is on standard error), 2 wrong usage, 3 a replay that differs, 130 interrupted.
`;
