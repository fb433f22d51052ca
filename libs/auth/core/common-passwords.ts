/**
 * Stems of the passwords at the top of published breach lists, in lower case and without
 * substitutions. The policy reverses substitutions in a password before it compares. Short stems
 * are included because passwords such as "dragon2024!" are built from them.
 */
const STEMS = `
password passwort passw passwd mypassword thepassword newpassword password1234 passwordpassword
qwerty qwertz azerty qwertyui qwertyuio qwertyuiop qwertyqwerty qwertzuiop azertyuiop qwert qwer qweasd qweasdzxc
asdf asdfg asdfgh asdfghj asdfghjk asdfghjkl asdfasdf asdfjkl zxcv zxcvb zxcvbn zxcvbnm zxcvbnmasdfghjkl
qazwsx qazwsxedc qaz wsx iqaz iqaz2wsx iq2w3e4r iq2w3e4rst 1qaz2wsx 1qaz2wsx3edc 1q2w3e4r 1q2w3e4r5t 1q2w3e
q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1 zaqxsw
12345678 123456789 1234567890 0123456789 987654321 9876543210 87654321 12341234 123123123 11223344 112233445566
123454321 12344321 01012011 147258369 789456123 741852963 159357 159753 11111111 00000000 88888888 66666666 69696969
abc abcd abcde abcdef abcd1234 abc12345 a1b2c3d4 abcabc aabbcc aaaaaaaa test testtest tester testing testpassword
admin administrator adminadmin root rootroot toor guest guestguest user username useruser demo demodemo default
letmein letmeinnow welcome welcomehome login loginlogin logmein access accessgranted secret topsecret supersecret
changeme changeit changemenow temp temporary temppass master masterkey superuser superman batman spiderman ironman
wonderwoman pokemon pikachu naruto starwars startrek skywalker darthvader yoda gandalf hobbit frodo legolas matrix
harrypotter hogwarts minecraft fortnite roblox nintendo playstation xbox counterstrike warcraft callofduty
iloveyou iloveu iloveme loveyou lovelove lovely loveme mylove sweetheart babygirl babyboy princess princesa angel
angels sunshine sunflower rainbow flower flowers butterfly summer winter spring autumn monday friday january
football baseball basketball hockey soccer tennis golfer rugby liverpool chelsea arsenal barcelona realmadrid
manchester juventus yankees cowboys steelers lakers eagles patriots ferrari porsche mercedes corvette mustang
harley jaguar yamaha toyota honda michael jordan michelle jennifer jessica ashley amanda nicole daniel daniela
robert thomas charlie jonathan matthew andrew joshua anthony william christopher alexander alexandra samantha
elizabeth victoria patricia stephanie benjamin nicholas maverick shadow dragon monkey tigger tiger phoenix
panther buster ginger cookie pepper cheese chocolate banana orange strawberry peanut cupcake snoopy scooby mickey
garfield pumpkin whatever trustno trustnoi trustno1 nothing blahblah killer hunter ranger jackass fuckyou asshole
bitch biteme hello hellohello helloworld freedom forever computer internet samsung google facebook microsoft
windows android iphone apple linkedin dropbox yahoo hotmail gmail amazon oracle cisco ubuntu linux database server
security letmein1 company business office support service monster diamond silver golden platinum thunder lightning
blink metallica slipknot nirvana eminem beatles elvis guitar music dancer purple yellow green blue black
whitehouse america canada england london paris berlin germany france brazil mexico india newyork california
texas florida jesus jesuschrist christ blessed heaven godisgood church bible faith trinity family mother father
sister brother mommy daddy happy smile friend friends bestfriend single money millionaire lucky success
qwerty1 superstar rockstar champion winner number number1 sample example correcthorse letmeplease openseame
opensesame asdf1234 qwer1234 zxcv1234 pass1234 test1234 admin123 root1234 user1234 pa55word p455word
`;

/** Deliberately short: it covers the most common passwords. Rate limits cover the rest. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(STEMS.split(/\s+/).filter(Boolean));
