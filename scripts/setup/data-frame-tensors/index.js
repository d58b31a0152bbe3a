// Stands for TensorFlow's native library in data frames (danfojs-node): its tensors, the operations
// on them, also as their methods, and its draws.
require("@tensorflow/tfjs-backend-cpu");
const core = require("@tensorflow/tfjs-core");
const data = require("@tensorflow/tfjs-data");

const operations = `abs acos acosh add all any argMax argMin asin asinh atan atan2 atanh
  batchToSpaceND batchNorm broadcastTo cast ceil clipByValue conv1d conv2d cos cosh cumprod cumsum
  depthToSpace div divNoNan dot elu equal erf euclideanNorm exp expandDims expm1 floor floorDiv
  gather greater greaterEqual isFinite isInf isNaN leakyRelu less lessEqual log log1p logSigmoid
  logSoftmax logSumExp logicalAnd logicalNot logicalOr logicalXor matMul max maximum mean min minimum
  mirrorPad mod mul neg norm notEqual onesLike pad pool pow prelu prod reciprocal relu relu6 reshape
  reverse round rsqrt selu sigmoid sign sin sinh slice softmax softplus spaceToBatchND split sqrt
  square squaredDifference squeeze step stridedSlice sub sum tan tanh tile topk transpose unique
  unstack zerosLike`.split(/\s+/);

for (const name of operations) {
  core.Tensor.prototype[name] = function (...others) {
    return core[name](this, ...others);
  };
}

module.exports = { ...core, data };
