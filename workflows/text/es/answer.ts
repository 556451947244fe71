/** The Spanish sentences of answers to broadcasts, and of who has not given one, by key. */
export const answer = {
  'command.answer': 'Responder a un mensaje que le enviaron.',
  'answer.button-got-it': 'Recibido',
  'answer.button-yes': 'Sí',
  'answer.button-no': 'No',
  'answer.button-safe': 'Estoy a salvo',
  'answer.button-help': 'Necesito ayuda',
  'answer.how': 'Pulse uno, o escríbalo aquí.',
  'answer.how-one': 'Púlselo, o escriba ok aquí, para que sepamos que lo tiene.',
  'answer.how-safety': 'Pulse uno, o escriba aquí una palabra: a salvo o ayuda.',
  'answer.said': 'Gracias. Su respuesta a {id}: {answer} ({time}). Cuenta la última.',
  'answer.said-help':
    'Su reporte {report} está abierto y ahora se llama a gente de {region}. Si hay peligro: aléjese, llame al 911; ' +
    'no nos espere. Si puede, escriba aquí dónde está y qué necesita.',
  'answer.said-help-on':
    'Su pedido de ayuda está abierto como {report}; ya se llamó a la gente. Si puede, escriba aquí dónde está y qué ' +
    'necesita.',
  'answer.said-words': 'Guardado con {id}. Quien lo envió puede leer lo que usted escribió.',
  'answer.said-words-more': 'Si es noticia de un incidente, repórtela, para que se llame a la gente.',
  'answer.not-asked':
    'Ese mensaje no le fue enviado, o ya no está. Si necesita ayuda, llame a su coordinador o coordinadora.',
  'answer.not-yet': '{id} no se ha enviado. No se registró nada.',
  'answer.report-what': 'Necesita ayuda. Respondió «Necesito ayuda» al mensaje {id}.',
  'answer.report-note': 'Necesita ayuda. Respuesta al mensaje {id}: {note}',
  'answer.report-where': 'Todavía no se sabe. Pertenece a {region}.',
  'answer.again': 'Necesito ayuda otra vez (respuesta a {id}).',
  'answer.calm': 'Ya estoy a salvo (respuesta a {id}).',
} as const
