"""Losses and outputs of the two networks in PyTorch, to hold the training kernels against.

Run once, from this folder:  python3 make.py > torch.json
(Debian package python3-torch.)

Weights and patches come from sines, so that both sides make the same ones. RMSprop is written out
as tfjs has it (epsilon under the root), and batch normalisation as Keras has it (the variance of
the batch undivided by n - 1, momentum 0.99).
"""

import json
import math

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
COUNT, SIZE, BANDS = 6, 12, 3


def sines(shape, step, scale, offset=0.0):
    count = math.prod(shape)
    return torch.tensor([offset + scale * math.sin(1 + step * i) for i in range(count)]).reshape(shape)


def kernel(at, *shape):
    """HWIO as in tfjs, turned to OIHW; or a dense matrix."""
    fan = math.prod(shape[:-1])
    weights = sines(shape, 0.7 + 0.01 * at, 2 / math.sqrt(fan))
    weights = weights.permute(3, 2, 0, 1) if len(shape) == 4 else weights
    return weights.contiguous().requires_grad_()


def zeros(count):
    return torch.zeros(count, requires_grad=True)


patches = sines((COUNT, SIZE, SIZE, BANDS), 0.005, 0.45, 0.5).permute(0, 3, 1, 2).contiguous()


def conv(x, weights, bias):
    return F.conv2d(x, weights, bias, padding=1)


class RmsProp:
    def __init__(self, parameters, rate):
        self.parameters, self.rate = parameters, rate
        self.squares = [torch.zeros_like(p) for p in parameters]

    def step(self, loss):
        gradients = torch.autograd.grad(loss, self.parameters)
        with torch.no_grad():
            for p, g, s in zip(self.parameters, gradients, self.squares):
                s.mul_(0.9).add_(0.1 * g * g)
                p.sub_(self.rate * g / torch.sqrt(s + 1e-7))


def autoencoder(is_full, steps=25):
    outer, inner = 4, 6
    shapes = [(BANDS, outer), (outer, inner), (inner, inner), (inner, outer), (outer, BANDS)]
    kernels = [kernel(at, 3, 3, *shape) for at, shape in enumerate(shapes)]
    biases = [zeros(shape[1]) for shape in shapes]
    layers = list(zip(kernels, biases))

    def forward(x):
        x = F.max_pool2d(F.relu(conv(x, *layers[0])), 2)
        x = F.relu(conv(x, *layers[1]))
        x = F.max_pool2d(x, 2) if is_full else x
        x = F.interpolate(F.relu(conv(x, *layers[2])), scale_factor=2, mode="nearest")
        x = F.relu(conv(x, *layers[3]))
        x = F.interpolate(x, scale_factor=2, mode="nearest") if is_full else x
        return torch.sigmoid(conv(x, *layers[4]))

    optimiser = RmsProp([p for layer in layers for p in layer], 0.003)
    losses = []
    for _ in range(steps):
        loss = F.mse_loss(forward(patches), patches)
        losses.append(loss.item())
        optimiser.step(loss)
    with torch.no_grad():
        made = forward(patches)
        errors = ((made - patches) ** 2).mean(dim=(1, 2, 3))
    return {"losses": losses, "errors": errors.tolist(), "corner": made[0, :, 0, 0].tolist()}


def classifier(steps=25):
    labels = torch.tensor([[float(i % 2)] for i in range(COUNT)])
    k = [kernel(0, 3, 3, BANDS, 4), kernel(1, 3, 3, 4, 8), kernel(2, 9 * 8, 8), kernel(3, 8, 1)]
    b = [zeros(4), zeros(8), zeros(8), zeros(1)]
    gamma = [torch.ones(4, requires_grad=True), torch.ones(8, requires_grad=True)]
    beta = [zeros(4), zeros(8)]
    moving = [[torch.zeros(n), torch.ones(n)] for n in (4, 8)]

    def normalise(x, at, training):
        mean, variance = moving[at]
        if training:
            mean, variance = x.mean(dim=(0, 2, 3)), x.var(dim=(0, 2, 3), unbiased=False)
            moving[at][0] = 0.99 * moving[at][0] + 0.01 * mean.detach()
            moving[at][1] = 0.99 * moving[at][1] + 0.01 * variance.detach()
        turn = lambda v: v[None, :, None, None]
        return turn(gamma[at]) * (x - turn(mean)) / torch.sqrt(turn(variance) + 1e-3) + turn(beta[at])

    def forward(x, training):
        for at in range(2):
            x = F.max_pool2d(normalise(F.relu(conv(x, k[at], b[at])), at, training), 2)
        x = x.permute(0, 2, 3, 1).reshape(COUNT, -1)
        return torch.sigmoid(F.relu(x @ k[2] + b[2]) @ k[3] + b[3])

    optimiser = RmsProp([*k, *b, *gamma, *beta], 0.001)
    losses = []
    for _ in range(steps):
        loss = F.binary_cross_entropy(forward(patches, True), labels)
        losses.append(loss.item())
        optimiser.step(loss)
    with torch.no_grad():
        return {"losses": losses, "probabilities": forward(patches, False).flatten().tolist()}


result = {
    "torch": torch.__version__,
    "full": autoencoder(True),
    "reduced": autoencoder(False),
    "classifier": classifier(),
}
print(json.dumps(result, indent=1))
