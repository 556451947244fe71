/** The Spanish sentences about new words for those who have a broadcast, and who approves those, by key. */
export const correction = {
  'correction.already': 'Usted aprobó la corrección de {id} a las {time}. Falta una persona más.',
  'correction.changed':
    'La corrección de {id} cambió después de lo que usted vio. Véala de nuevo antes de aprobarla: /broadcast {id}.',
  'correction.none': 'Ya no espera ninguna corrección de {id}. Cómo está: /broadcast {id}.',
  'correction.alone-not': '{id} no es para salvar vidas, así que otra persona tiene que aprobar las palabras nuevas.',
  'correction.recall-bare':
    'Palabras propias necesitan a otra persona. Retire {id} sin ellas: sale enseguida, y dice que se retiró.',
  'correction.title': 'Por favor apruebe una corrección de {id}: {title}',
  'correction.title-red': 'Por favor apruebe una corrección de {id}',
  'correction.ask': '{person} pide enviar palabras nuevas a todos los que recibieron {id}. Nadie las tiene todavía.',
  'correction.were': 'Ahora tienen:',
  'correction.are': 'Recibirían:',
  'correction.since': 'Cambió desde que se propuso primero:',
  'correction.notice':
    'Las palabras nuevas de {id} salen cuando otra persona las aprueba. Para frenar un daño enseguida, retírela.',
  'correction.notice-alone':
    'Las palabras nuevas de {id} esperan a otra persona, salvo que usted diga por qué no pueden: entonces salen ya.',
  'correction.notice-recall': '{id} se retira enseguida de todos los que la recibieron, y solo dice que se retiró.',
  'correction.form-alone-hint':
    'Solo para salvar vidas; lo leen quienes pueden aprobarla. Vacío: espera a uno de ellos.',
  'correction.form-recall-why': '¿Por qué se retira?',
  'correction.form-recall-hint': 'Lo leen quienes pueden aprobarla, nadie más. Puede quedar vacío.',
  'correction.waits':
    'Sus palabras para {id} esperan aprobación, que ya se pidió. Hasta entonces la gente tiene las anteriores.',
  'correction.approved': 'Usted aprobó las palabras nuevas de {id}.',
  'correction.declined': 'Las palabras nuevas de {id} no se envían. Se avisa a {person} por qué.',
  'correction.proposed-at': 'Corrección propuesta por {person}, a las {time}. Nadie la tiene todavía:',
  'correction.corrected-with': 'La corrigió {person}, con la aprobación de {people}, a las {time}:',
  'correction.corrected-alone': 'La corrigió {person} a solas, a las {time}, para salvar vidas: {reason}',
  'correction.recalled-why': 'La retiró {person}, a las {time}: {reason}',
  'correction.list': 'CORRECCIÓN ESPERA APROBACIÓN',
  'correction.button-second': 'Aprobar la corrección',
  'correction.button-decline': 'Devolver la corrección',
  'correction.told-one': '{person} aprobó la corrección de {id}. Falta una persona más.',
  'correction.told-one-senior':
    '{person} aprobó la corrección de {id}. También debe aprobarla un líder o quien coordina toda la red.',
  'correction.told-nobody':
    'Nadie más aquí puede aprobar la corrección de {id}. Si sus palabras hacen daño, retírela: eso va enseguida.',
  'correction.told-declined':
    '{person} devolvió la corrección de {id}. La gente sigue con las palabras anteriores. Su motivo: {reason}',
  'correction.told-corrected':
    '{person} corrigió {id} ({title}), con la aprobación de {people}. Quienes la tenían reciben esto:',
  'correction.told-alone':
    '{person} corrigió {id} ({title}) sin otra persona, para salvar vidas. ' +
    'Quienes la tenían reciben las palabras de abajo. Su motivo: {reason}',
  'correction.told-recalled': '{person} retiró {id} ({title}) de quienes la tenían. Su motivo: {reason}',
} as const
