/** The Spanish sentences about the tools people use, as far as they are the same on all, by key. */
export const host = {
  'host.suggestion': '{id} · {severity} · {kind}, {place}',
  'host.not-handled':
    'No se pudo atender algo que llegó por {platform} a las {time}: {reason}. Quien lo envió quizá no tuvo respuesta. ' +
    'Si alguien pregunta, pídale que lo envíe otra vez.',
} as const
