/** The English sentences of the pages on which evidence is looked at, by key. */
export const page = {
  'page.gone': 'This link has run out. Open the evidence anew from the chat.',
  'page.other':
    'This link was opened in another browser first, so it shows nothing here. Open the evidence of {id} anew from ' +
    'the chat.',
  'page.start': 'Nothing was opened here yet. Open the evidence anew from the chat.',
  'page.broken': 'This could not be shown. Nothing was changed. Open the evidence anew from the chat.',
  'page.stopped': 'Not shown',
  'page.photo': 'Photo · {size}',
  'page.video': 'Video · {size}',
  'page.voice': 'Voice note · {size}',
  'page.document': 'Document · {size}',
  'page.record': 'Record of the evidence',
  'page.warning': 'This may show injury or violence',
  'page.warning-voice': 'You may hear fear or violence',
  'page.care': 'Look only if you must. You can stop here: close this page, and ask somebody else to look.',
  'page.care-voice': 'Listen only if you must. Turn the sound low. You can stop here and ask somebody else.',
  'page.care-document':
    'Documents can carry harm to your device. It is only saved, never shown here. Open it on a device that holds ' +
    'nothing else.',
  'page.blurred': 'The photo, blurred',
  'page.clear': 'The photo',
  'page.no-copy-unreadable':
    'This picture cannot be read, so there is no blurred copy. It may be damaged. A coordinator can save the original.',
  'page.no-copy-too-large':
    'This picture is too large to be shown here, so there is no blurred copy. A coordinator can save the original.',
  'page.no-copy-no-picture': 'There is no blurred copy of this. A coordinator can save the original.',
  'page.no-copy-gone': 'This is no longer kept.',
  'page.go-on': 'Go on',
  'page.show': 'Show it',
  'page.play': 'Go on to the player',
  'page.save-document': 'Save the document',
  'page.hide': 'Hide it again',
  'page.no-player': 'It does not play here? Ask a coordinator for the original.',
  'page.recorded': 'On record: {callsign} opened this page. It works until {time}.',
  'page.save-title': 'Take the original out of the hub',
  'page.save-care': 'Whoever saves it must keep it safe. Who saved it, and why, stays on record.',
  'page.reason': 'What is it for?',
  'page.save': 'Save the original',
  'page.save-record': 'Save the record',
  'page.saved': 'Ready to save',
  'page.file-original': 'The original, {size}',
  'page.file-record': 'The record of all evidence of {id} (JSON)',
  'page.digest': 'SHA-256 of the original',
} as const
