import { html, raw } from 'hono/html'
import type { Copy, EvidenceItem } from '../../workflows/evidence.ts'
import { factsText, sizeText } from '../../workflows/exhibits.ts'
import { type Phrase, type PhraseKey, phrase } from '../../workflows/phrase.ts'
import { type Reader, say } from '../../workflows/text/say.ts'
import type { Viewed } from '../../workflows/viewing.ts'

/** A whole page. */
export type Html = ReturnType<typeof html>

type Tell = (key: PhraseKey, params?: Phrase['params']) => string

/** The pages on which evidence is looked at, in that style; `path` is where the one-time link leads. */
export function pages(style: string) {
  const page = (title: string, reader: Reader, inner: Html) => html`<!doctype html>
<html lang="${reader.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark"><title>${title}</title>
<link rel="icon" href="data:,"><style>${raw(style)}</style></head>
<body><main>${inner}</main></body></html>`

  return {
    /** Nothing yet: what it is, and the way on for whoever came themselves. */
    gate(viewed: Viewed, path: string): Html {
      const t = teller(viewed.reader)
      return page(
        viewed.incident,
        viewed.reader,
        html`${headHtml(viewed, t)}${careHtml(viewed.item, t)}
        <form method="post" action="${path}"><button class="main">${t('page.go-on')}</button></form>`,
      )
    },

    /** The warning, with the blurred copy of a photo, and the way to the clear one. */
    warning(viewed: Viewed, copy: Copy | null, path: string): Html {
      const t = teller(viewed.reader)
      const { item } = viewed
      if (!item) return page(viewed.incident, viewed.reader, html`${headHtml(viewed, t)}${saveHtml(viewed, path, t)}`)
      const may = copy?.type !== 'none'
      return page(
        viewed.incident,
        viewed.reader,
        html`${headHtml(viewed, t)}${careHtml(item, t)}
        ${copy ? html`<div class="blurred">${pictureHtml(copy, `${path}/blurred`, t('page.blurred'), t)}</div>` : ''}
        ${may ? showHtml(item, path, t) : saveHtml(viewed, path, t)}
        ${recordedHtml(viewed, t)}`,
      )
    },

    /** The clear copy or the player, what is known of it, and for coordinators the way to the original. */
    shown(viewed: Viewed, copy: Copy | null, path: string): Html {
      const t = teller(viewed.reader)
      const { item } = viewed
      return page(
        viewed.incident,
        viewed.reader,
        html`${headHtml(viewed, t)}
        ${copy ? pictureHtml(copy, `${path}/small`, t('page.clear'), t) : item ? playerHtml(item, path, t) : ''}
        <p><a class="button" href="${path}">${t('page.hide')}</a></p>
        ${item ? html`<p class="facts">${say(factsText(item), viewed.reader)}</p>` : ''}
        ${viewed.maySave ? saveHtml(viewed, path, t) : ''}${recordedHtml(viewed, t)}`,
      )
    },

    /** The form for saving once more, with what is missing. */
    reason(viewed: Viewed, missing: Phrase, path: string): Html {
      const t = teller(viewed.reader)
      return page(
        viewed.incident,
        viewed.reader,
        html`${headHtml(viewed, t)}${saveHtml(viewed, path, t, say(missing, viewed.reader))}`,
      )
    },

    /** What can be saved now. */
    saved(viewed: Viewed, path: string): Html {
      const t = teller(viewed.reader)
      const { item, incident } = viewed
      return page(
        incident,
        viewed.reader,
        html`${headHtml(viewed, t)}<h1>${t('page.saved')}</h1>
        ${item ? fileHtml(`${path}/original`, t('page.file-original', { size: sizeText(item.size) }), 'main') : ''}
        ${fileHtml(`${path}/record.json`, t('page.file-record', { id: incident }), item ? '' : 'main')}
        ${item ? html`<p class="facts">${t('page.digest')}<br><code>${item.sha256}</code></p>` : ''}
        <p class="facts">${t('page.save-care')}</p>`,
      )
    },

    /** One thing that can be saved, and the press that does it. */
    keep(title: Phrase, what: Phrase, label: Phrase, path: string, reader: Reader): Html {
      const said = say(title, reader)
      return page(
        said,
        reader,
        html`<h1>${said}</h1><p class="care">${say(what, reader)}</p>
        <form method="post" action="${path}"><button class="main">${say(label, reader)}</button></form>`,
      )
    },

    /** The same where a reason is asked for; `missing`: what was wrong with the one given. */
    reasoned(
      { title, what, missing }: { readonly title: Phrase; readonly what: Phrase; readonly missing: Phrase | null },
      label: Phrase,
      path: string,
      reader: Reader,
    ): Html {
      const [t, said] = [teller(reader), say(title, reader)]
      return page(
        said,
        reader,
        html`<h1>${said}</h1><p class="care">${say(what, reader)}</p>
        <form method="post" action="${path}" class="save"><label for="reason">${t('page.reason')}</label>
        ${missing === null ? '' : html`<p class="missing" id="missing" role="alert">${say(missing, reader)}</p>`}
        <textarea id="reason" name="reason" rows="2" maxlength="2000" required
          ${missing === null ? '' : raw('aria-invalid="true" aria-describedby="missing"')}></textarea>
        <button class="main">${say(label, reader)}</button></form>`,
      )
    },

    /** Nothing is shown, and why. */
    stopped(why: Phrase, reader: Reader): Html {
      const t = teller(reader)
      return page(t('page.stopped'), reader, html`<h1>${t('page.stopped')}</h1><p class="care">${say(why, reader)}</p>`)
    },
  }
}

function teller(reader: Reader): Tell {
  return (key, params) => say(params ? phrase(key, params) : phrase(key), reader)
}

function headHtml({ incident, item }: Viewed, t: Tell): Html {
  const what = item ? t(`page.${item.kind}`, { size: sizeText(item.size) }) : t('page.record')
  return html`<p class="what"><b>${incident}</b> · ${what}</p>`
}

function careHtml(item: EvidenceItem | null, t: Tell): Html {
  const [warning, care] = cares[item?.kind ?? 'photo']
  return html`<section class="warning"><h1>${t(warning)}</h1>
    <p class="care">${t(care)}</p></section>`
}

// A picture may hurt who looks; a document may hurt the device.
const cares = {
  photo: ['page.warning', 'page.care'],
  video: ['page.warning', 'page.care'],
  voice: ['page.warning-voice', 'page.care-voice'],
  document: ['page.warning-document', 'page.care-document'],
} as const satisfies Record<EvidenceItem['kind'], readonly [PhraseKey, PhraseKey]>

function pictureHtml(copy: Copy, source: string, name: string, t: Tell): Html {
  if (copy.type === 'none') return html`<p class="none">${t(`page.no-copy-${copy.why}`)}</p>`
  return html`<figure><img src="${source}" alt="${name}"></figure>`
}

function playerHtml({ kind }: EvidenceItem, path: string, t: Tell): Html {
  const player =
    kind === 'video'
      ? html`<video src="${path}/media" controls muted playsinline preload="metadata"
          controlslist="nodownload"></video>`
      : html`<audio src="${path}/media" controls preload="metadata" controlslist="nodownload"></audio>`
  return html`<figure>${player}</figure><p class="facts">${t('page.no-player')}</p>`
}

function fileHtml(source: string, name: string, weight: 'main' | ''): Html {
  return html`<p><a class="button ${weight}" href="${source}" download>${name}</a></p>`
}

function showHtml({ kind }: EvidenceItem, path: string, t: Tell): Html {
  const key = kind === 'document' ? 'page.save-document' : kind === 'photo' ? 'page.show' : 'page.play'
  return html`<form method="post" action="${path}/show"><button class="main">${t(key)}</button></form>`
}

function saveHtml({ item, maySave }: Viewed, path: string, t: Tell, missing = ''): Html | string {
  if (!maySave) return ''
  return html`<form method="post" action="${path}/save" class="save">
    <h2>${t(item ? 'page.save-title' : 'page.save-record')}</h2>
    <p class="care">${t(item ? 'page.save-care' : 'look.record-why')}</p>
    <label for="reason">${t('page.reason')}</label>
    ${missing === '' ? '' : html`<p class="missing" id="missing" role="alert">${missing}</p>`}
    <textarea id="reason" name="reason" rows="2" maxlength="2000" required
      ${missing === '' ? '' : raw('aria-invalid="true" aria-describedby="missing"')}></textarea>
    <button>${t(item ? 'page.save' : 'page.save-record')}</button></form>`
}

function recordedHtml({ callsign, until }: Viewed, t: Tell): Html {
  return html`<p class="facts">${t('page.recorded', { callsign: { words: callsign }, time: { time: until } })}</p>`
}
