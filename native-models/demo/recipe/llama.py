"""The demo model in torch: Lucie-7B in miniature (RMS norm, grouped-query attention 4:1, rotary positions, gated MLP, untied
head), and its checkpoint in Hugging Face's names and files."""

import json
import math
import struct
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

VOCABULARY = 6144
HIDDEN = 256
LAYERS = 4
HEADS = 8
KEY_VALUE_HEADS = 2
HEAD = HIDDEN // HEADS
INTERMEDIATE = 768
EPSILON = 1e-5
CONTEXT = 1024
FINAL_THETA = 100_000.0

BEGIN, PAD, END_OF_TURN = 0, 3, 267


class Norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(HIDDEN))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPSILON) * self.weight


def rotary(length, theta, device):
    inverse = theta ** (-torch.arange(0, HEAD, 2, device=device).float() / HEAD)
    angle = torch.outer(torch.arange(length, device=device).float(), inverse)
    angles = torch.cat([angle, angle], -1)
    return angles.cos(), angles.sin()


def rotate(x, cosines, sines):
    first, second = x.chunk(2, -1)
    return x * cosines + torch.cat([-second, first], -1) * sines


def linear(inputs, outputs):
    return nn.Linear(inputs, outputs, bias=False)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        # The order of creation is the order of the random draws: keep it.
        self.input_layernorm = Norm()
        self.post_attention_layernorm = Norm()
        self.q_proj = linear(HIDDEN, HIDDEN)
        self.k_proj = linear(HIDDEN, KEY_VALUE_HEADS * HEAD)
        self.v_proj = linear(HIDDEN, KEY_VALUE_HEADS * HEAD)
        self.o_proj = linear(HIDDEN, HIDDEN)
        self.gate_proj = linear(HIDDEN, INTERMEDIATE)
        self.up_proj = linear(HIDDEN, INTERMEDIATE)
        self.down_proj = linear(INTERMEDIATE, HIDDEN)

    def forward(self, x, cosines, sines, mask):
        x = x + self.attend(self.input_layernorm(x), cosines, sines, mask)
        n = self.post_attention_layernorm(x)
        return x + self.down_proj(F.silu(self.gate_proj(n)) * self.up_proj(n))

    def attend(self, n, cosines, sines, mask):
        batch, length, _ = n.shape

        def heads(x, count):
            return x.view(batch, length, count, HEAD).transpose(1, 2)

        query = rotate(heads(self.q_proj(n), HEADS), cosines, sines)
        key = rotate(heads(self.k_proj(n), KEY_VALUE_HEADS), cosines, sines)
        value = heads(self.v_proj(n), KEY_VALUE_HEADS)
        key, value = (x.repeat_interleave(HEADS // KEY_VALUE_HEADS, 1) for x in (key, value))
        weights = (query @ key.transpose(-1, -2) / math.sqrt(HEAD) + mask).softmax(-1)
        return self.o_proj((weights @ value).transpose(1, 2).reshape(batch, length, HIDDEN))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed_tokens = nn.Embedding(VOCABULARY, HIDDEN)
        self.norm = Norm()
        self.layers = nn.ModuleList(Block() for _ in range(LAYERS))
        self.lm_head = linear(HIDDEN, VOCABULARY)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                # What is added to the residual stream starts smaller, the deeper the model.
                into_stream = name.endswith(("o_proj.weight", "down_proj.weight"))
                nn.init.normal_(parameter, 0, 0.02 / (math.sqrt(2 * LAYERS) if into_stream else 1))

    def forward(self, ids, theta):
        length = ids.shape[1]
        cosines, sines = rotary(length, theta, ids.device)
        mask = torch.full((length, length), -1e9, device=ids.device).triu(1)
        x = self.embed_tokens(ids)
        for layer in self.layers:
            x = layer(x, cosines, sines, mask)
        return self.lm_head(self.norm(x))


def hugging_face_name(name):
    if name.startswith("lm_head"):
        return name
    if not name.startswith("layers"):
        return f"model.{name}"
    _, index, rest = name.split(".", 2)
    if "layernorm" in rest:
        return f"model.layers.{index}.{rest}"
    part = "self_attn" if rest[0] in "qkvo" else "mlp"
    return f"model.layers.{index}.{part}.{rest}"


def save_weights(model, path):
    """Every parameter in bfloat16."""
    tensors = {
        hugging_face_name(name): parameter.cpu().to(torch.bfloat16).view(torch.int16).numpy()
        for name, parameter in model.state_dict().items()
    }
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, tensor in tensors.items():
        end = offset + tensor.nbytes
        header[name] = {"dtype": "BF16", "shape": list(tensor.shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.tobytes())


def save(model, folder):
    folder = Path(folder)
    save_weights(model, folder / "model.safetensors")
    ids = {"bos_token_id": BEGIN, "eos_token_id": END_OF_TURN, "pad_token_id": PAD}
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": VOCABULARY,
        "hidden_size": HIDDEN,
        "intermediate_size": INTERMEDIATE,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "num_key_value_heads": KEY_VALUE_HEADS,
        "head_dim": HEAD,
        "hidden_act": "silu",
        "rms_norm_eps": EPSILON,
        "rope_theta": FINAL_THETA,
        "rope_scaling": None,
        "max_position_embeddings": CONTEXT,
        "tie_word_embeddings": False,
        "attention_bias": False,
        "mlp_bias": False,
        **ids,
        "torch_dtype": "bfloat16",
    }
    generation = {**ids, "do_sample": True, "temperature": 0.6, "max_length": CONTEXT}
    (folder / "config.json").write_text(json.dumps(config, indent=2))
    (folder / "generation_config.json").write_text(json.dumps(generation, indent=2))
