/** The English sentences of the saving area, by key. */
export const saving = {
  'saving.wait': 'I am saving this. Please wait; I will tell you here.',
  'saving.unsure':
    'I am not sure this was received; I am checking. Please wait, and do not send it again; I will tell you here.',
  'saving.settled': 'It was received after all. Nothing to send again.',
  'saving.unsettled':
    'I cannot tell whether this was received. When the hub answers again, look at /mine before you send it again. If ' +
    'it is urgent, call your coordinator now. Reference {reference}.',
} as const
