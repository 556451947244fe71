/** Bytes as Bech32 (BIP 173) writes them behind a small-lettered prefix. */
export function bech32(prefix: string, bytes: Uint8Array): string {
  const values = inFives(bytes)
  const spelt = [...values, ...checksum(prefix, values)].map(value => letters[value]).join('')
  return `${prefix}1${spelt}`
}

const letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

/** The bits of the bytes in groups of five; the last is filled up with zeroes. */
function inFives(bytes: Uint8Array): number[] {
  const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map(group => Number.parseInt(group.padEnd(5, '0'), 2))
}

function checksum(prefix: string, values: readonly number[]): number[] {
  const codes = [...prefix].map(letter => letter.charCodeAt(0))
  const all = [...codes.map(code => code >> 5), 0, ...codes.map(code => code & 31), ...values, 0, 0, 0, 0, 0, 0]
  let sum = 1
  for (const value of all) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (const [at, part] of generator.entries()) if ((top >>> at) & 1) sum ^= part
  }
  sum ^= 1
  return Array.from({ length: 6 }, (_, at) => (sum >>> (5 * (5 - at))) & 31)
}
