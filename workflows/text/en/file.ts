/** About files that people attach. */
export const file = {
  'file.already': 'That file is kept with {id} already. Nothing was added.',
  'file.too-many': 'At most {max} files at a time. Send the rest afterwards.',
  'file.several': '{before}\n{reason}',
  'file.empty': '“{name}” is empty. Please attach it again.',
  'file.large':
    '“{name}” is larger than {max} MB, which is the most for this kind of file. Send a shorter or smaller one.',
  'file.archive': '“{name}” is an archive. Please unpack it and send what is in it, file by file.',
  'file.program': '“{name}” is a program or a script, which is not kept. Send a photo or a screenshot of it.',
  'file.page':
    '“{name}” is a web page or a drawing that can run code, which is not kept. Send a screenshot or a PDF of it.',
  'file.macros': '“{name}” holds macros, which are not kept. Save it as a PDF and send that.',
  'file.unknown':
    '“{name}” is of a kind that is not kept. Photos, videos, voice notes, PDF, text and office documents are.',
  'file.broken': '“{name}” could not be read to its end. Please attach it again.',
  'file.kept-with': 'Kept with it: {parts}.',
  'file.still-coming': 'Still being fetched: {parts}.',
  'file.coming': '{what} being fetched',
  'file.entry-collected': 'The hub fetched {what} that was sent',
  'file.entry-lost': 'The hub could not keep {what} that was sent: {why}',
  'file.post-lost':
    'A file that was sent could not be fetched ({what}). If you know who has it, ask them to send it again.',
  'file.told-lost': '{id}: {what} that you sent could not be kept ({why}). If you can, send it again.',
  'file.why-gone': 'it was no longer there',
  'file.why-refused': 'too large, or of a kind that is not kept',
  'file.why-failed': 'the platform did not give it',
  'file.check-wrong': {
    one: 'The nightly check found {count} kept file that is not as it was kept.',
    other: 'The nightly check found {count} kept files that are not as they were kept.',
  },
  'file.check-way':
    'Ask whoever runs the hub to look now: “npm run -s hub -- evidence verify” says which. Nothing was deleted.',
} as const
