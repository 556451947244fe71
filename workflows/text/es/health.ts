/** The Spanish sentences about how it stands with the hub itself, by key. */
export const health = {
  'health.title-wrong': 'Algo anda mal en el hub',
  'health.title-well': 'El hub vuelve a estar bien',
  'health.still': 'Sigue igual:',
  'health.again': 'Vuelve a estar bien: {matters}.',
  'health.see': 'Cómo está ahora: /hub estado',
  'health.database': 'La base de datos no responde. Nada se puede guardar hasta que lo haga. Revise su máquina.',
  'health.saving':
    'Nada se puede guardar: se rechazan los reportes. Libere espacio en el disco o repare la base de datos. ' +
    'Hasta entonces, llame por teléfono.',
  'health.late-urgent': {
    one:
      'Un mensaje o tarjeta {severity} espera desde las {time}. Llame a quienes están de turno. Vea por qué: ' +
      '/delivery',
    other:
      '{severity}: {count} mensajes y tarjetas esperan; lo más antiguo, desde las {time}. Llame a quienes están de ' +
      'turno. Vea por qué: /delivery',
  },
  'health.late': {
    one: 'Un mensaje espera salir desde las {time}. ¿Es urgente? Avise por otro medio. Vea por qué: /delivery',
    other:
      'Mensajes: {count} esperan salir; el más antiguo, desde las {time}. ¿Hay alguno urgente? Avise por otro medio. ' +
      'Vea por qué: /delivery',
  },
  'health.cards': {
    one: 'Una tarjeta no muestra lo último desde las {time}. Para ver cómo está un incidente: /incident',
    other:
      'Tarjetas: {count} no muestran lo último; la más antigua, desde las {time}. Para ver cómo está un incidente: ' +
      '/incident',
  },
  'health.timers': {
    one: 'Un plazo debió avisar a las {time} y no lo hizo. Revise usted lo que está abierto: /incidents',
    other:
      'Plazos: {count} debieron avisar y no lo hicieron; el primero, a las {time}. Revise usted lo que está abierto: ' +
      '/incidents',
  },
  'health.summaries': {
    one: 'Un resumen debió salir a las {time} y no se ha publicado. Haga uno ahora: /sitrep',
    other: 'Resúmenes: {count} debieron salir y no se han publicado; el primero, a las {time}. Haga uno ahora: /sitrep',
  },
  'health.inbox': {
    one:
      'Algo que llegó a las {time} aún no se ha atendido. Quien lo envió quizá no tuvo respuesta. Sigo ' +
      'intentándolo.',
    other:
      'Por atender: {count} cosas que llegaron; la más antigua, desde las {time}. Quienes las enviaron ' +
      'quizá no tuvieron respuesta. Sigo intentándolo.',
  },
  'health.fetches': {
    one: 'Un archivo que alguien envió no ha llegado desde las {time}. ¿Lo necesita ya? Pídalo de nuevo.',
    other:
      'Archivos: {count} que se enviaron no han llegado; el más antiguo, desde las {time}. ¿Necesita alguno ya? ' +
      'Pídalo de nuevo.',
  },
  'health.parked': {
    one: 'Algo que llegó no se pudo atender y nadie lo ha revisado aún: /delivery',
    other: 'Por atender: {count} cosas que no se pudieron atender y nadie ha revisado aún: /delivery',
  },
  'health.stuck': {
    one: 'Un mensaje o tarjeta no salió y nadie lo ha revisado aún: /delivery',
    other: 'Mensajes y tarjetas: {count} no salieron y nadie los ha revisado aún: /delivery',
  },
  'health.disk': 'Al disco le quedan {size}. Libere espacio hoy.',
  'health.disk-grave': 'Al disco le quedan {size}. Libere espacio ya, o el hub dejará de recibir reportes.',
  'health.clock-fast': {
    one:
      'El reloj de {host} adelanta {count} segundo, y las horas salen mal. Deje que la máquina ajuste su reloj ' +
      'sola.',
    other:
      'El reloj de {host} adelanta {count} segundos, y las horas salen mal. Deje que la máquina ajuste su reloj sola.',
  },
  'health.clock-slow': {
    one: 'El reloj de {host} atrasa {count} segundo, y las horas salen mal. Deje que la máquina ajuste su reloj sola.',
    other:
      'El reloj de {host} atrasa {count} segundos, y las horas salen mal. Deje que la máquina ajuste su reloj sola.',
  },
  'health.memory':
    'El hub en {host} usa {size} de memoria, casi toda la que puede. Reinícielo en un momento tranquilo.',
  'health.backup-none':
    'No hay copia de seguridad. Si el disco falla, se pierde todo. Quien mantiene el hub hace una: npm run -s hub -- ' +
    'backup',
  'health.backup-old':
    'La última copia de seguridad es de las {time}. Lo posterior se pierde si el disco falla. Quien mantiene el hub ' +
    'hace una: npm run -s hub -- backup',
  'health.backup-phrase':
    'No se puede hacer copia de seguridad, porque aún no hay frase de recuperación. Quien mantiene el hub la ' +
    'hace: npm run -s hub -- backup phrase',
  'health.backup-space':
    'La última copia de seguridad falló: no hay espacio donde se guardan las copias. Libere espacio allí.',
  'health.backup-failed':
    'La última copia de seguridad falló, y lo intento cada hora. El motivo está en el registro del hub.',
  'health.backup-copied':
    'La última copia de seguridad está solo en la máquina del hub: no se pudo llevar fuera. Revise el comando de ' +
    'copia.',
  'health.missing': {
    one: 'Una parte del hub (en {hosts}) calla desde las {time}. En marcha: {left}. Revise esa máquina.',
    other: 'Partes del hub: {count} (en {hosts}) callan desde las {time}. En marcha: {left}. Revise esas máquinas.',
  },
  'health.versions':
    'Dos versiones del hub funcionan a la vez desde hace una hora: {versions}. Termine la actualización.',
  'health.loop-stuck': 'El hub en {host} se ha quedado parado al {what}. Reinícielo ya.',
  'health.loop-fails': 'El hub en {host} falla una y otra vez al {what}. El motivo está en su registro. Reinícielo.',
  'health.loop-delivery': 'enviar mensajes',
  'health.loop-clocks': 'avisar de los plazos',
  'health.loop-summaries': 'publicar resúmenes',
  'health.loop-intake': 'recibir lo que se envía',
  'health.loop-fetcher': 'traer archivos',
  'health.loop-other': 'hacer su mantenimiento',
  'health.watcher':
    'El vigilante externo no responde desde las {time}. Mientras no responda, nadie se entera si el hub se cae. ' +
    'Revise HEARTBEAT_URL.',
  'health.matter-database': 'la base de datos',
  'health.matter-late': 'los mensajes salen',
  'health.matter-cards': 'las tarjetas muestran lo último',
  'health.matter-timers': 'los plazos avisan',
  'health.matter-summaries': 'los resúmenes se publican',
  'health.matter-inbox': 'lo que llega se atiende',
  'health.matter-fetches': 'los archivos llegan',
  'health.matter-parked': 'lo que no se pudo atender está revisado',
  'health.matter-stuck': 'lo que no salió está revisado',
  'health.matter-disk': 'hay espacio en el disco',
  'health.matter-clock': 'los relojes coinciden',
  'health.matter-memory': 'la memoria',
  'health.matter-backup': 'las copias de seguridad',
  'health.matter-processes': 'no falta ninguna parte del hub',
  'health.matter-versions': 'todo el hub tiene una sola versión',
  'health.matter-loop': 'el hub hace su trabajo',
  'health.matter-watcher': 'el vigilante externo',
  'health.matter-tool': '{tool}',
  'health.size-mb': '{size} MB',
  'health.size-gb': '{size} GB',
  'health.well': 'Todo está bien.',
  'health.ill': 'No está como debería:',
  'health.ill-brief': 'Algo anda mal en el hub, y se avisa a la coordinación. ¿Es urgente? Llámeles.',
  'health.figures': 'Cifras',
  'health.out': {
    one: 'Por salir: {count}, en espera desde las {time}.',
    other: 'Por salir: {count}; lo más antiguo, desde las {time}.',
  },
  'health.out-none': 'Por salir: nada espera.',
  'health.in': {
    one: 'Por atender: {count}, en espera desde las {time}.',
    other: 'Por atender: {count}; lo más antiguo, desde las {time}.',
  },
  'health.in-none': 'Por atender: nada espera.',
  'health.clocks': { one: 'Plazos: {count} con retraso.', other: 'Plazos: {count} con retraso.' },
  'health.clocks-none': 'Plazos: ninguno con retraso.',
  'health.room': 'Disco: {size} libres. Base de datos: {bytes}.',
  'health.backed-up': 'Última copia de seguridad: {time}.',
  'health.backed-up-not': 'Última copia de seguridad: ninguna.',
  'health.parts': {
    one: 'En marcha: {count} parte, versión {versions}, {size} de memoria.',
    other: 'En marcha: {count} partes, versión {versions}, {size} de memoria.',
  },
  'health.watched': 'Vigilante externo: respondió {time}.',
  'health.watched-not': 'Vigilante externo: aún no responde.',
  'health.watched-none':
    'Vigilante externo: ninguno. Ponga HEARTBEAT_URL, para que alguien se entere si el hub se cae.',
  'health.heard': 'Última señal recibida: {heard}; último envío: {sent}.',
  'health.heard-only': 'Última señal recibida: {heard}; nada enviado desde el arranque.',
  'health.sent-only': 'Último envío: {sent}; nada recibido desde el arranque.',
} as const
