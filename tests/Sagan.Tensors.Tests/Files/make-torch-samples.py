#!/usr/bin/env python3
"""Writes Samples/*.pth, the files of TorchSampleTests, with torch.save of whatever torch is installed (made with 1.13).

Each is written in both formats: NAME.pth (zip) and NAME.legacy.pth. Tests never run this; it says what the files hold.
"""
import collections
import pathlib

import numpy
import torch

FOLDER = pathlib.Path(__file__).parent / "Samples"

TYPES = [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8]


def types():
    """One row of each element type, and the awkward shapes."""
    values = {str(kind).removeprefix("torch."): torch.tensor([1, 2, 100], dtype=kind) for kind in TYPES}
    values["bool"] = torch.tensor([True, False, True])
    values["scalar"] = torch.tensor(-1.5)
    values["empty"] = torch.zeros(2, 0, 3)
    return values


def views():
    """Tensors of one storage of twelve numbers, 0 to 11, but for the last."""
    x = torch.arange(12.0).reshape(3, 4)
    return {"whole": x, "transposed": x.t(), "row": x[1], "column": x[:, 2], "corner": x[1:, 2:], "expanded": x[0, :2].expand(2, 2), "other": x.clone()}


def state():
    """The state of a module: an OrderedDict with versions in its _metadata."""
    module = torch.nn.Sequential(collections.OrderedDict(conv=torch.nn.Conv2d(1, 2, 1), bn=torch.nn.BatchNorm2d(2)))
    with torch.no_grad():
        module.conv.weight.copy_(torch.tensor([1.0, 2.0]).reshape(2, 1, 1, 1))
        module.conv.bias.copy_(torch.tensor([3.0, 4.0]))
    return module.state_dict()


def checkpoint():
    """A training checkpoint: a state, Adam's state, and what people put beside them."""
    layer = torch.nn.Linear(2, 1)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[1.0, 2.0]]))
        layer.bias.copy_(torch.tensor([3.0]))
    adam = torch.optim.Adam(layer.parameters(), lr=2e-4, betas=(0.0, 0.9))
    layer(torch.ones(1, 2)).sum().backward()
    adam.step()
    return {
        "model_state_dict": layer.state_dict(),
        "optimizer_state_dict": adam.state_dict(),
        "global_step": 5000,
        "many": 2**40,
        "best": numpy.float64(7.25),
        "best_step": numpy.int64(-3),
        "name": "é",
        "nothing": None,
        "flags": [True, False],
        "pair": (1, -2),
        "size": torch.Size([4, 5]),
        "latent": torch.nn.Parameter(torch.tensor([6.0, 7.0])),
    }


for make in (types, views, state, checkpoint):
    torch.save(make(), FOLDER / f"{make.__name__}.pth")
    torch.save(make(), FOLDER / f"{make.__name__}.legacy.pth", _use_new_zipfile_serialization=False)
