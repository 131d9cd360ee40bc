"""Sagan's safetensors files, and its names of weights in PyTorch's words."""
import json
import re
import struct

import numpy
import torch

DTYPES = {"F32": numpy.float32, "F64": numpy.float64, "I64": numpy.int64}

# PyTorch's ending → Sagan's.
RENAMES = [
    (r"weight_orig$", "weight"),                                          # spectral norm
    (r"weight_([uv])$", r"\1"),
    (r"(gain|bias)_table\.weight$", r"\1"),                               # tables of conditional batch norm
    (r"(norm\d?)\.(norm\.)?running_mean$", r"\1.statistics.mean"),
    (r"(norm\d?)\.(norm\.)?running_var$", r"\1.statistics.variance"),
    (r"^norm\.weight$", "norm.gain"),
]


def read(path):
    """All tensors of a file, by name, and its metadata."""
    with open(path, "rb") as file:
        length, = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        array = numpy.frombuffer(data[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(array.copy())
    return tensors, metadata


def load(network, tensors, prefix):
    """Fills a network; every tensor of that prefix must find its place, and every place its tensor."""
    unused = {name for name in tensors if name.startswith(prefix + ".")}
    with torch.no_grad():
        for key, place in network.state_dict(keep_vars=True).items():
            if key.endswith("num_batches_tracked"):
                continue
            name = f"{prefix}.{sagan_name(key)}"
            if name not in unused:
                raise SystemExit(f"{prefix}: Sagan's file has no {name} for the reference's {key}")
            unused.remove(name)
            place.copy_(tensors[name])
    if unused:
        raise SystemExit(f"{prefix}: the reference has no place for {', '.join(sorted(unused))}")


def sagan_name(key):
    for pattern, replacement in RENAMES:
        key = re.sub(pattern, replacement, key)
    return key
