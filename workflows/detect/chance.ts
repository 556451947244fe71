/** The chance of `least` or more where `mean` are expected, if they come one by one (Poisson). */
export function poissonTail(least: number, mean: number): number {
  if (least <= 0) return 1
  if (!(mean > 0)) return 0
  const ratio = (count: number) => mean / (count + 1)
  return tail(least, mean, count => count * Math.log(mean) - mean - logFactorial(count), ratio)
}

/** The same where they come in clusters: negative binomial of that mean and `size` (smaller: more clustered). */
export function negativeTail(least: number, mean: number, size: number): number {
  if (least <= 0) return 1
  if (!(mean > 0)) return 0
  const share = mean / (size + mean)
  const start = (count: number) =>
    logGamma(count + size) -
    logGamma(size) -
    logFactorial(count) -
    size * Math.log1p(mean / size) +
    count * Math.log(share)
  return tail(least, mean, start, count => ((count + size) / (count + 1)) * share)
}

/**
 * Which of many tests of one day stand, if a share `q` of those that do may be false (Benjamini and Hochberg, 1995):
 * the largest rank k with p(k) <= q k / n, and all before it; in the order given.
 */
export function discoveries(chances: readonly number[], q = 0.1): boolean[] {
  const sorted = [...chances].sort((one, other) => one - other)
  const rank = sorted.findLastIndex((chance, at) => chance <= (q * (at + 1)) / sorted.length)
  const limit = rank < 0 ? -1 : (sorted[rank] ?? -1)
  return chances.map(chance => chance <= limit)
}

// Above the mean the tail is summed itself: 1 - (all below) would lose what is small in rounding.
function tail(least: number, mean: number, log: (count: number) => number, ratio: (count: number) => number): number {
  const first = Math.ceil(least)
  if (first > mean) {
    let term = Math.exp(log(first))
    let sum = 0
    for (let count = first; term > sum * 1e-17 && term > 0; count++) {
      sum += term
      term *= ratio(count)
    }
    return Math.min(1, sum)
  }
  let term = Math.exp(log(first - 1))
  let sum = 0
  for (let count = first - 1; count >= 0 && term > sum * 1e-17; count--) {
    sum += term
    if (count > 0) term /= ratio(count - 1)
  }
  return Math.max(0, 1 - sum)
}

function logFactorial(count: number): number {
  return logGamma(count + 1)
}

// Stirling's series, exact to about 1e-15 from 10 on; smaller values are stepped up.
function logGamma(value: number): number {
  let x = value
  let product = 1
  while (x < 10) {
    product *= x
    x += 1
  }
  const y = 1 / (x * x)
  const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - (y * 691) / 360360))))) / x
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product)
}
