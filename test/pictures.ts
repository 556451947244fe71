import type { Image } from '../bot/platform.ts'
import type { Drawing, Picture } from '../workflows/drawing.ts'

/** The bytes of a picture of one point. */
export const pngBytes: Uint8Array = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A picture as it goes out. */
export const image: Image = {
  bytes: pngBytes,
  name: 'summary.png',
  alt: 'Map: most reports in Maricopa County, Arizona (12).',
}

/** A picture as the domain asks for it. */
export function pictureOf(kind: Drawing['kind'] = 'summary'): Picture {
  return {
    drawing: {
      kind,
      title: { en: 'Example network', es: 'Red de ejemplo' },
      subtitle: { en: 'Tue 3 Nov', es: 'mar 3 nov' },
      ...{ edition: 'response', theme: 'light', exercise: false, trend: null, claims: null, coverage: null },
      map: { codes: ['04'], counties: [{ code: '04013', count: 12, load: 30, worst: 4 }] },
    },
    alt: { en: image.alt, es: 'Mapa: más reportes en el condado de Maricopa, Arizona (12).' },
  }
}
