/** One event as several people reported it: what and where in their words, and how many minutes after the first. */
export type Told = { readonly what: string; readonly where: string; readonly after?: number }
/** An event in a county; every other event of the same county is another one, however alike it sounds. */
export type Event = { readonly county: string; readonly told: readonly Told[] }

const [maricopa, fulton, milwaukee, wayne] = [
  'Maricopa County',
  'Fulton County',
  'Milwaukee County',
  'Wayne County',
] as const

const event = (county: string, ...told: readonly (readonly [string, string, number?])[]): Event => ({
  county,
  told: told.map(([what, where, after = 0]) => ({ what, where, after })),
})

/** Events to tune by. */
export const tuned: readonly Event[] = [
  event(
    maricopa,
    ['Three men with rifles slung, talking to voters in line', 'corner by the Burton Barr library, Phoenix'],
    ['Tres hombres con rifles hablan con los votantes en la fila', 'biblioteca Burton Barr, Phoenix', 6],
    ['armed guys with long guns outside Burton Bar libary, voters are scared', 'Phoenix, Central Ave', 14],
  ),
  event(
    maricopa,
    ['Two men with rifles are standing by the drop box', 'Tempe public library, Southern and Rural'],
    ['Men carrying guns right at the ballot drop box of the Tempe library', 'Rural Rd & Southern Ave, Tempe', 9],
  ),
  event(
    maricopa,
    ['Two groups shouting at each other, about 40 people, some pushing', 'Mesa City Plaza, Main St'],
    ['Crowd of forty yelling and shoving, two sides', 'Main street in Mesa, city plaza', 11],
    ['Dos grupos se gritan y se empujan, unas 40 personas', 'Mesa City Plaza', 18],
  ),
  event(
    maricopa,
    ['Someone is filming voters and their license plates', 'Chandler Senior Center parking lot'],
    ['Un hombre graba las placas de los votantes en el estacionamiento', 'Chandler Senior Center', 25],
  ),
  event(
    maricopa,
    ['Someone is filming voters and writing down plates', 'Maryvale Community Center, 51st Avenue'],
    ['guy takes video of every car and the people who vote', 'maryvale comunity center 51st ave', 30],
  ),
  event(
    maricopa,
    ['A truck with flags blocks the entrance, nobody can get in to vote', '7th Street and Camelback, Phoenix'],
    ['Una camioneta con banderas bloquea la entrada, no se puede votar', 'Calle 7 y Camelback', 12],
  ),
  event(maricopa, ['A truck with flags blocks the entrance of the vote center', '19th Avenue and Camelback, Phoenix']),
  event(
    fulton,
    ['Bomb threat by e-mail, they are clearing the building', 'C.T. Martin recreation center, Atlanta'],
    ['Evacuation because of a bomb threat, everyone is on the street', 'CT Martin rec center', 4],
    ['Amenaza de bomba, sacaron a toda la gente', 'Centro recreativo C.T. Martin, Atlanta', 15],
  ),
  event(
    fulton,
    ['Bomb threat called in, the school is locked down', 'Therrell High School, Panther Trail'],
    ['School locked down after a bomb threat, police there', 'Therrell High on Panther Trail', 8],
  ),
  event(
    fulton,
    ['Flyers on cars say that the vote is on Wednesday', 'East Point, near the MARTA station'],
    ['Volantes en los carros dicen que se vota el miércoles', 'estación MARTA de East Point', 90],
  ),
  event(
    fulton,
    ['Long line of three hours, machines are down since seven', 'Park Tavern, Piedmont Park'],
    ['The voting machines do not work, people wait three hours', 'Park Tavern at Piedmont', 40],
  ),
  event(fulton, ['Long line, the machines are down, people leave', 'Roswell library']),
  event(
    milwaukee,
    ['A man pulled a knife on a poll worker and ran', 'Washington Park Senior Center'],
    ['Poll worker threatened with a knife, the man fled', 'senior center in Washington Park', 5],
    ['Un hombre amenazó con un cuchillo a una funcionaria de casilla y huyó', 'Washington Park', 10],
  ),
  event(
    milwaukee,
    ['Hombres graban a los votantes y dicen que van a llamar a la migra', 'Escuela Cesar Chavez, calle 20'],
    ['men record the voters and say they will call ICE', 'Cesar Chavez school, 20th street', 20],
  ),
  event(milwaukee, ['Someone shouts slurs at people who wait to vote', 'Clinton Rose Park']),
  event(
    wayne,
    ['Rocks thrown at the counting center, two windows broken', 'Huntington Place, Detroit'],
    ['they broke windows where the ballots are counted, throwing stones', 'Huntington place detroit', 7],
  ),
  event(
    wayne,
    ['Crowd bangs on the windows and shouts stop the count', 'TCF hall, Washington Blvd, Detroit'],
    ['People pounding on the glass yelling stop the count', 'Washington Blvd at the hall, Detroit', 9],
  ),
]

/** Events by which one weight was mended: what stands at every polling place tells nothing. */
export const seen: readonly Event[] = [
  event(
    maricopa,
    ['Shots fired near the polling place, people are running', 'Desert West Community Center, Encanto Blvd'],
    ['Gunshots! everybody runs', 'Desert West center on Encanto', 2],
    ['Disparos cerca de la casilla, la gente corre', 'Centro Desert West, bulevar Encanto', 5],
  ),
  event(
    maricopa,
    ['Somebody fired a gun in the air from a car', 'Glendale, 59th Avenue and Myrtle'],
    ['shot in the air out of a red car', '59th ave & myrtle glendale', 6],
  ),
  event(
    maricopa,
    ['A woman tells people in Spanish that they may not vote', 'Guadalupe Mercado, Avenida del Yaqui'],
    ['Una señora les dice que no pueden votar', 'Mercado de Guadalupe, Avenida del Yaqui', 22],
  ),
  event(maricopa, ['Somebody tells voters that they need two IDs', 'Surprise city hall']),
  event(
    maricopa,
    ['Masked men with body armor watch the ballot box', 'Juvenile court drop box, Mesa'],
    ['Hombres con máscara y chaleco vigilan el buzón de boletas', 'Juvenile Court, Mesa', 16],
    ['People in tactical vests and masks sit next to the drop box', 'mesa juvenile court parking', 33],
  ),
  event(maricopa, ['Masked men watch the ballot box', 'Gilbert Freestone Park']),
  event(
    fulton,
    ['A fight broke out in the line, one man bleeds from the head', 'Buckhead library'],
    ['Two men fought, head injury, ambulance on its way', 'Buckhead library, Atlanta', 3],
  ),
  event(
    fulton,
    ['A fight between two drivers in the parking lot', 'Sandy Springs branch library'],
    ['Two drivers hit each other on the parking lot', 'library in Sandy Springs', 13],
  ),
  event(
    fulton,
    ['Water is cut off and the doors are locked, no one lets us in', 'Cascade Road, Southwest Arts Center'],
    ['Cerraron las puertas con llave y no dejan entrar', 'Southwest Arts Center', 28],
  ),
  event(
    milwaukee,
    ['Swastika painted on the door of the synagogue that is a polling place', 'Beth Israel, Green Bay Road'],
    ['There is a swastika on the synagogue door', 'Beth Israel synagogue', 35],
    ['Pintaron una esvástica en la puerta de la sinagoga', 'Beth Israel', 50],
  ),
  event(
    milwaukee,
    ['Graffiti against migrants on the wall of the church', 'St. Anthony, Mitchell Street'],
    ['Pintas contra migrantes en la iglesia', 'San Antonio, calle Mitchell', 44],
  ),
  event(
    wayne,
    ['Fire in a ballot box, smoke comes out of it', 'Hamtramck city hall, Evaline Street'],
    ['The drop box is burning', 'hamtramck city hall', 4],
    ['Se quema el buzón de boletas', 'Municipio de Hamtramck', 9],
  ),
  event(
    wayne,
    ['Fire alarm went off and everyone had to leave the polling place', 'Dearborn, Fordson High'],
    ['fire alarm, voting stopped', 'Fordson High School Dearborn', 6],
  ),
  event(wayne, ['Smoke from a trash can near the school', 'Taylor, Truman High']),
]

/** Events written after everything was set, to measure by. */
export const unseen: readonly Event[] = [
  event(
    maricopa,
    ['Two cars with loudspeakers drive round the block and insult people', 'Peoria, Rio Vista Recreation Center'],
    ['cars with speakers circling, insults', 'rio vista rec center peoria', 12],
    ['Dos carros con altavoces dan vueltas e insultan a la gente', 'Centro Rio Vista, Peoria', 21],
  ),
  event(
    maricopa,
    ['A drone hovers over the tent where people vote', 'Scottsdale, Indian School Park'],
    ['Hay un dron encima de la carpa', 'Indian School Park, Scottsdale', 8],
  ),
  event(maricopa, ['A drone flies over the voters', 'Avondale city hall']),
  event(
    maricopa,
    ['My neighbor got a letter that says she will be arrested if she votes', 'South Mountain Village, Phoenix'],
    ['Carta que amenaza con arrestar a quien vote', 'South Mountain Village', 70],
  ),
  event(
    fulton,
    ['Someone poured liquid into the ballot scanner', 'Grady High School gym, Atlanta'],
    ['liquid in the scanner, they had to close it', 'gym of Grady High', 9],
    ['Echaron un líquido en el escáner', 'Gimnasio de Grady High School', 17],
  ),
  event(
    fulton,
    ['Two teenagers throw eggs at voters', 'Adamsville Recreation Center, MLK Drive'],
    ['kids throwing eggs at the people in line', 'Adamsville rec center', 5],
  ),
  event(fulton, ['Kids throw stones at cars', 'Adair Park, Atlanta']),
  event(
    milwaukee,
    ['Caller says he will come back with a gun if the count goes on', 'Central Count, Kilbourn Avenue'],
    ['man on the phone: returns with a gun unless we stop counting', 'Central Count on Kilbourn', 10],
  ),
  event(
    milwaukee,
    ['Two poll watchers were thrown out and now shout at the door', 'Riverside High, Locust Street'],
    ['Sacaron a dos observadores y gritan en la puerta', 'Riverside High School, calle Locust', 6],
  ),
  event(milwaukee, ['A poll watcher argues with the clerk', 'Hart Park, Wauwatosa']),
  event(
    wayne,
    ['Power is out in the whole building, they vote by flashlight', 'Ecorse, Grandport school'],
    ['No hay luz, votan con linternas', 'Escuela Grandport, Ecorse', 14],
  ),
  event(wayne, ['Power is out, nobody can vote', 'River Rouge high school']),
  event(
    wayne,
    ['Six men in camouflage walk up and down with radios', 'Livonia, Bentley Center'],
    ['men in camo with walkie talkies', 'bentley center livonia', 11],
  ),
]
