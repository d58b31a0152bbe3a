"""Times one epoch of training and one prediction in PyTorch: what the engine is measured against.

Reads lines {"model", "filters", "patches", "threads"} and answers each with seconds by the clock
and of processor time, so that the bench can alternate between the two.
"""

import json
import sys
import time

import torch
from torch import nn


def autoencoder(outer, inner, bands=9):
    conv = lambda a, b: nn.Conv2d(a, b, 3, padding=1)
    return nn.Sequential(
        conv(bands, outer), nn.ReLU(), nn.MaxPool2d(2),
        conv(outer, inner), nn.ReLU(), nn.MaxPool2d(2),
        conv(inner, inner), nn.ReLU(), nn.Upsample(scale_factor=2),
        conv(inner, outer), nn.ReLU(), nn.Upsample(scale_factor=2),
        conv(outer, bands), nn.Sigmoid(),
    )


def classifier(outer, inner, bands=9):
    conv = lambda a, b: nn.Conv2d(a, b, 3, padding=1)
    return nn.Sequential(
        conv(bands, outer), nn.ReLU(), nn.BatchNorm2d(outer), nn.MaxPool2d(2), nn.Dropout(0.25),
        conv(outer, inner), nn.ReLU(), nn.BatchNorm2d(inner), nn.MaxPool2d(2), nn.Dropout(0.25),
        nn.Flatten(), nn.Linear(9 * inner, 128), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(128, 1), nn.Sigmoid(),
    )


prepared = {}


def prepare(model, filters, patches):
    key = (model, tuple(filters), patches)
    if key not in prepared:
        torch.manual_seed(1)
        network = (autoencoder if model == "cae" else classifier)(*filters)
        data = 0.5 + 0.45 * torch.sin(1 + 0.005 * torch.arange(patches * 9 * 144, dtype=torch.float32))
        data = data.reshape(patches, 9, 12, 12)
        labels = (torch.arange(patches) % 2).float()[:, None]
        prepared[key] = network, data, labels, torch.optim.RMSprop(network.parameters(), 0.001, 0.9)
    return prepared[key]


def epoch(network, data, labels, optimiser, is_cae):
    network.train()
    loss_of = nn.MSELoss() if is_cae else nn.BCELoss()
    for batch in torch.randperm(len(data)).split(32):
        x = data[batch]
        loss = loss_of(network(x), x if is_cae else labels[batch])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()


def predict(network, data, is_cae):
    network.eval()
    with torch.no_grad():
        for x in data.split(256):
            made = network(x)
            if is_cae:
                ((made - x) ** 2).mean(dim=(1, 2, 3))


print(json.dumps({"torch": torch.__version__}), flush=True)
for line in sys.stdin:
    task = json.loads(line)
    torch.set_num_threads(task["threads"])
    network, data, labels, optimiser = prepare(task["model"], task["filters"], task["patches"])
    is_cae = task["model"] == "cae"
    started, worked = time.perf_counter(), time.process_time()
    if task["what"] == "train":
        epoch(network, data, labels, optimiser, is_cae)
    else:
        predict(network, data, is_cae)
    spent = {"seconds": time.perf_counter() - started, "processor": time.process_time() - worked}
    print(json.dumps(spent), flush=True)
