import sharp, { type Sharp } from 'sharp'
import type { Copy, Look } from '../../workflows/evidence.ts'

/** The most pixels of a picture that is decoded: the largest that phones take. */
const mostPixels = 120_000_000
/** The most pixels of one side. */
const longestSide = 30_000

sharp.cache(false)
sharp.concurrency(1)
// Drawings that are programs (SVG, PDF), and the many formats that no phone makes, are not even tried.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map(name => `VipsForeignLoad${name}`) })

/** Draws a copy of a picture, upright, without any of its metadata; only for the child process. */
export async function draw(bytes: Buffer, look: Look): Promise<Copy> {
  try {
    const options = { limitInputPixels: mostPixels, sequentialRead: true, failOn: 'error' } as const
    const { width, height } = await sharp(bytes, { ...options, limitInputPixels: false }).metadata()
    if (width * height > mostPixels || Math.max(width, height) > longestSide) return none('too-large')
    const upright = sharp(bytes, options).autoOrient().flatten({ background: '#ffffff' })
    const drawn = look === 'small' ? small(upright) : await blurred(upright)
    const jpeg = await drawn.jpeg({ quality: look === 'small' ? 80 : 60 }).toBuffer()
    return { type: 'copy', mime: 'image/jpeg', bytes: jpeg }
  } catch {
    return none('unreadable')
  }
}

function small(picture: Sharp): Sharp {
  return picture.resize(1600, 1600, { fit: 'inside', withoutEnlargement: true })
}

/** Of a few hundred dots only: what they do not hold, no sharpening brings back. */
async function blurred(picture: Sharp): Promise<Sharp> {
  const dots = await picture.resize(24, 24, { fit: 'inside' }).png().toBuffer()
  return sharp(dots).resize(480, 480, { fit: 'inside', kernel: 'cubic' }).blur(8)
}

const none = (why: 'too-large' | 'unreadable') => ({ type: 'none', why }) as const
