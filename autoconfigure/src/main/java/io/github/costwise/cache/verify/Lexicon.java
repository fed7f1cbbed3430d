package io.github.costwise.cache.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.costwise.text.Parts;

/**
 * The few English words whose meaning the guards know. Words of other languages are
 * ordinary words to it. Immutable.
 */
final class Lexicon {

	private static final Set<String> NEGATIONS = words("""
			not no never without cannot cant wont dont doesnt isnt arent didnt wasnt nothing none neither nor nobody
			nowhere hardly unable refuse except""");

	private static final Map<String, String> NUMBERS = numbers("""
			zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12
			thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19 twenty 20 thirty 30
			forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 hundred 100 thousand 1000 million 1000000
			first 1st second 2nd third 3rd fourth 4th fifth 5th once 1x twice 2x""");

	private static final Set<String> CALENDAR = words("""
			monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
			september october november december spring summer fall autumn winter today tomorrow yesterday tonight
			weekday weekend daily weekly monthly yearly hourly""");

	private static final Set<String> FUNCTION = words("""
			a an the is are was were be been being am do does did doing done have has had having can could will would
			shall should may might must i me my mine we us our you your he him his she her it its they them their
			this that these those there here of to in on at by for with from as and or but if so than then about into
			what which please really indeed actually truly fact just also very quite simply exactly specifically
			kindly tell know want like need get any some im i'm i'd i've what's it's that's""");

	/** Those that mean a person named elsewhere. */
	private static final int[] PERSONAL = hashes("he him his she her hers himself herself");

	/** Those that mean somebody or something named elsewhere. */
	private static final int[] PRONOUNS = hashes("""
			he him his she her hers it its they them their theirs himself herself itself themselves
			this that these those""");

	private static final List<String> OPPOSITES = List.of("before after", "on off", "in out", "up down", "with without",
			"from to", "is was", "are were", "does did", "do did", "he she", "him her", "his her", "increase decrease",
			"increase reduce", "raise lower", "higher lower", "high low", "more less", "more fewer", "most least",
			"maximum minimum", "max min", "best worst", "better worse", "good bad", "open close", "opening closing",
			"start stop", "start end", "begin end", "start finish", "enable disable", "enabled disabled",
			"activate deactivate", "add remove", "add delete", "create delete", "insert delete", "install uninstall",
			"buy sell", "buying selling", "send receive", "sent received", "accept reject", "accept decline",
			"approve deny", "allow deny", "allow forbid", "allow prevent", "allow block", "block unblock",
			"lock unlock", "freeze unfreeze", "deposit withdraw", "deposit withdrawal", "credit debit", "top withdraw",
			"encrypt decrypt", "encode decode", "compress decompress", "zip unzip", "pack unpack", "push pull",
			"upload download", "import export", "read write", "load save", "login logout", "ascending descending",
			"older newer", "oldest newest", "old new", "old young", "early late", "earlier later", "earliest latest",
			"first last", "next previous", "above below", "over under", "inside outside", "internal external",
			"left right", "top bottom", "front back", "north south", "east west", "arrive depart", "arrival departure",
			"arriving departing", "incoming outgoing", "inbound outbound", "domestic international", "public private",
			"hot cold", "warm cool", "safe dangerous", "safe unsafe", "legal illegal", "possible impossible",
			"true false", "right wrong", "correct incorrect", "valid invalid", "same different", "include exclude",
			"includes excludes", "including excluding", "included excluded", "always never", "all none",
			"everything nothing", "everyone nobody", "win lose", "love hate", "like dislike", "pass fail",
			"success failure", "hard easy", "difficult easy", "rich poor", "cheap expensive", "cheapest dearest",
			"cheapest expensive", "fast slow", "faster slower", "fastest slowest", "long short", "longer shorter",
			"longest shortest", "large small", "larger smaller", "largest smallest", "big small", "bigger smaller",
			"biggest smallest", "male female", "man woman", "men women", "morning evening", "day night", "am pm",
			"gain lose", "employed unemployed", "married divorced", "optional required", "required elective",
			"positive negative", "even odd", "sync async", "lend borrow", "refund charge", "import export",
			"symptoms treatment", "cause prevent", "causes prevents", "healthy unhealthy");

	private static final Map<Integer, int[]> ANTONYMS = antonyms();

	private Lexicon() {
	}

	/**
	 * Brings a word into the form that is compared.
	 * @param word the word in lower case
	 * @return the word; number words as digits, digits without grouping commas
	 */
	static String normalize(String word) {
		String bare = word.startsWith("'") ? word.substring(1) : word;
		if (bare.endsWith("'s") && bare.length() > 4) {
			bare = bare.substring(0, bare.length() - 2);
		}
		String number = NUMBERS.get(bare);
		if (number != null) {
			return number;
		}
		return (hasDigit(bare) && bare.indexOf(',') > 0) ? bare.replace(",", "") : bare;
	}

	static int flags(String word) {
		int flags = 0;
		if (hasDigit(word) || CALENDAR.contains(word)) {
			flags |= TextFeatures.NUMBER;
		}
		if (NEGATIONS.contains(word) || word.endsWith("n't")) {
			flags |= TextFeatures.NEGATION;
		}
		return FUNCTION.contains(word) ? flags | TextFeatures.FUNCTION : flags;
	}

	/**
	 * Returns the words that mean the opposite.
	 * @param word a word without flags
	 * @return the opposites, possibly none
	 */
	static int[] opposites(int word) {
		return ANTONYMS.getOrDefault(word, new int[0]);
	}

	static boolean isPronoun(int word) {
		return WordSets.contains(PRONOUNS, word);
	}

	static boolean isPersonal(int word) {
		return WordSets.contains(PERSONAL, word);
	}

	/** FNV-1a (G. Fowler, L. Noll and K.-P. Vo), mixed so that the high bits vary too. */
	static int hash(String word) {
		int hash = 0x811c9dc5;
		for (int i = 0; i < word.length(); i++) {
			hash = (hash ^ word.charAt(i)) * 0x01000193;
		}
		hash ^= hash >>> 15;
		hash *= 0x2c1b3c6d;
		hash ^= hash >>> 13;
		return hash & ~TextFeatures.FLAGS;
	}

	private static boolean hasDigit(String word) {
		return word.chars().anyMatch(Character::isDigit);
	}

	private static Set<String> words(String list) {
		return new HashSet<>(List.of(Parts.words(list)));
	}

	private static int[] hashes(String list) {
		int[] hashes = words(list).stream().mapToInt(Lexicon::hash).toArray();
		return WordSets.sortedDistinct(hashes, hashes.length);
	}

	private static Map<String, String> numbers(String list) {
		String[] words = Parts.words(list);
		Map<String, String> numbers = new HashMap<>();
		for (int i = 0; i < words.length; i += 2) {
			numbers.put(words[i], words[i + 1]);
		}
		return numbers;
	}

	private static Map<Integer, int[]> antonyms() {
		Map<Integer, Set<Integer>> found = new HashMap<>();
		for (String pair : OPPOSITES) {
			int space = pair.indexOf(' ');
			int one = hash(normalize(pair.substring(0, space)));
			int other = hash(normalize(pair.substring(space + 1)));
			found.computeIfAbsent(one, (key) -> new HashSet<>()).add(other);
			found.computeIfAbsent(other, (key) -> new HashSet<>()).add(one);
		}
		Map<Integer, int[]> antonyms = new HashMap<>();
		found.forEach((word, others) -> antonyms.put(word, others.stream().mapToInt(Integer::intValue).toArray()));
		return antonyms;
	}

}
