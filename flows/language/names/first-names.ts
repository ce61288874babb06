import type { PersonGender } from "../names.ts";

const list = (names: string): string[] => names.trim().split(/\s+/);

/** First names that tell a first name from a surname, and a man from a woman. Written without ё. */
const russianMen = list(`
  абрам август авдей адам адриан азамат азат айдар алан александр алексей али алик альберт альфред амир анатолий андрей антон
  аполлон аркадий арман армен арсен арсений арслан артем артемий артур архип аскар афанасий ахмед ашот
  богдан борис бронислав булат вадим валентин валерий вардан василий вениамин виктор виталий влад владимир владислав владлен влас
  всеволод вячеслав гавриил гамлет гаврила гарик геннадий генрих георгий герман гиви глеб гоги григорий гурам гурген
  давид данил данила даниил данияр даниэль демид демьян денис джамал дмитрий евгений евдоким егор елисей емельян ерлан ермак ефим ефрем
  жан захар зиновий зураб иван игнат игнатий игорь ильдар ильнур ильшат ильяс илья иннокентий иосиф ираклий исаак иса ислам исмаил
  камиль карен карим карл кирилл климент клим константин корней кузьма лаврентий лазарь лев леон леонид леонтий лука любомир
  магомед магомет макар максим максимилиан марат марк марсель мартин матвей махмуд мераб мирон мирослав митрофан михаил модест мстислав мурад мурат муса мустафа
  назар наиль натан наум нестор никита никифор никодим николай никон нурлан нурсултан олег олесь оскар остап павел панкрат петр платон потап прохор
  равиль радий радик радислав рамазан рамиль рамзан расул рауль рафаэль рафик рашид ренат ринат роберт родион роман ростислав рубен рудольф руслан рустам рустем
  савва савелий салават самвел самсон святослав севастьян семен серафим сергей соломон спартак спиридон станислав степан султан
  тагир тарас тигран тимофей тимур тихон трофим тофик фазиль фаддей фарид фархад федор федот феликс фридрих вильгельм отто курт ганс филипп фома фрол
  хасан харитон хачатур христофор шамиль эдгар эдуард эльдар эмиль эмин эрик эрнест юлиан юлий юрий юсуф яков ян ярослав
  ваня вася витя вова володя гена гоша гриша даня дима жора игорек коля костя леня леша миша митя паша петя рома сережа степа тема толя федя юра яша
`);
const russianWomen = list(`
  августа аврора агата агния ада аделина адель аида аза азалия азиза айгуль айнур айше аксинья алевтина александра алена алина алиса алия алла алсу альбина альфия амалия амина
  анастасия ангелина анжела анжелика анита анна антонина анфиса анаит арина ариадна асель асия ассоль астра ася аэлита
  белла берта божена валентина валерия ванда варвара василиса вера вероника виктория виолетта виталина влада владислава вита
  галина генриетта гертруда глафира грета гузель гульнара гульназ гульшат гюзель гюльчатай дана дарина дария дарья джамиля джульетта диана дилара дина динара евангелина евгения евдокия екатерина
  елена елизавета жанна жизель забава залина зара зарема зарина земфира зинаида злата зоя зульфия зухра ивета изабелла изольда ильмира инга инесса инна ираида ирина ирма ия
  камилла карина каролина катерина кира клавдия клара кристина ксения лада лайма лариса лейла леся лиана лидия лилианна лилия лина лия лола любава любовь людмила луиза
  мадина мая майя малика маргарита мариам марианна марина мария марта марфа марьям матрена мелисса мила милана милена милица мира мирослава муза
  надежда наиля наина наталия наталья нателла нелли неля ника николь нина нинель нонна нора нурия оксана октябрина олеся ольга офелия
  пелагея полина прасковья рада раиса рахиль рашель ревекка регина резеда рената римма рита роза розалия роксана русана руслана руфина руфь
  сабина саида салима светлана серафима снежана софия софья станислава стелла стефания сусанна таисия тамара тамила татьяна ульяна устинья
  фаина фарида фатима фекла феодосия флора фрида фира хадижа христина эвелина эдита элеонора элина элла эльвира эльза эльмира эмилия эмма эрика эсмеральда эсфирь
  нино софико тинатин кетеван манана нана этери тамуна майрам аделаида алевтина
  юдифь юлиана юлия юнона яна янина ярослава ясмина
  аленка аня варя галя глаша даша ира катя ксюша лара лена лида лиза люба люда люся маня марго маша надя настя ната наташа оля поля рая света соня таня тоня уля юля
`);
/** Short for either: Александр and Александра. */
const russianEither = list("саша шура женя валя слава сима тоша вика стася");
const englishMen = list(`
  james john robert michael david william richard joseph thomas charles christopher daniel matthew anthony mark donald steven stephen andrew paul joshua kenneth kevin brian
  george timothy ronald edward jason jeffrey jacob gary nicholas eric jonathan larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond jack dennis jerry
  peter henry adam harry oliver arthur bob bill jim tom mike joe dave steve ben dan max luke ivan
`);
const englishWomen = list(`
  mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie
  rebecca laura helen sharon cynthia kathleen amy shirley angela anna ruth brenda pamela nicole katherine catherine samantha christine emma olivia rachel carolyn janet maria heather
  diane julie joyce victoria kate jane alice sophie sophia lucy grace charlotte amelia isabella ann anne
`);

const known = new Map<string, PersonGender>();
for (const name of [...russianMen, ...englishMen]) known.set(name, "m");
for (const name of [...russianWomen, ...englishWomen]) known.set(name.replaceAll("ё", "е"), "f");
for (const name of russianEither) known.set(name, null);

const key = (name: string): string => name.toLowerCase().replaceAll("ё", "е");

export function isFirstName(name: string): boolean {
  return known.has(key(name)) || (name.includes("-") && known.has(key(name.split("-")[0]!)));
}

/** m or f of a name in the list, null of one that fits both; undefined when the name is not in the list. */
export function listedGender(name: string): PersonGender | undefined {
  return known.get(key(name)) ?? (known.has(key(name)) ? null : name.includes("-") ? known.get(key(name.split("-")[0]!)) : undefined);
}
