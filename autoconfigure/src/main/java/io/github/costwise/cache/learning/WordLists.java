package io.github.costwise.cache.learning;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.costwise.text.Parts;

/**
 * Words that answers are compared by.
 */
final class WordLists {

	/** Say nothing of their own in a short answer. */
	static final Set<String> FILLERS = words("the an please thanks thank you sure certainly course okay ok well "
			+ "is are was it its it's that's here here's so of am");

	/** Begin an answer without being part of it. */
	static final Set<String> LEADS = words("answer result output value final correct");

	static final Set<String> NEGATIONS = words("not no never none without neither nor nobody nothing nowhere "
			+ "hardly unable "
			+ "nicht kein keine keinen keiner keinem nie niemals ohne weder ne pas jamais sans aucun aucune rien ni nunca "
			+ "sin ningún ninguna nada jamás non mai senza nessun nessuna niente não sem nenhum nenhuma niet geen nooit "
			+ "zonder");

	/** Say in which direction a whole answer goes. */
	static final Map<String, Boolean> POLARITIES = polarities();

	static final Map<String, String> CONTRACTIONS = Map.of("'m", "am", "'re", "are", "'ll", "will", "'ve", "have");

	static final Map<String, Integer> NUMBERS = numbers();

	static final Map<String, Integer> MONTHS = months();

	static final Map<String, String> UNITS = units();

	private static final Map<String, Set<String>> ANTONYMS = antonyms();

	/** Function words that hardly any sentence of these languages does without. */
	private static final Set<String> COMMON = words(
			"the a an and or of to in is are was for on with that this it you be as by from at can will have has if "
					+ "der die das und oder ist sind ein eine zu den dem mit von für auf sie es im wird werden "
					+ "le la les de des du et ou est sont un une pour dans vous que qui en au "
					+ "el los las y es son para con por se su del il lo gli e di che per sono una uno nel "
					+ "o os as do da em um uma não het een van en te dat voor op met zijn");

	private static final Set<String> POLITENESS = words("let me know need anything else help happy glad feel free "
			+ "further questions question assist assistance hope i we my our would could do does did any how just also");

	private WordLists() {
	}

	/**
	 * Returns whether one text says a word and the other the opposite.
	 * @param one the words that only the one text has
	 * @param other the words that only the other text has
	 * @return whether a word of the one is an antonym of a word of the other
	 */
	static boolean opposite(Set<String> one, Set<String> other) {
		for (String word : one) {
			for (String antonym : ANTONYMS.getOrDefault(word, Set.of())) {
				if (other.contains(antonym)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Returns whether a text is in a language whose negations are known.
	 * @param words its words
	 * @return whether a tenth of them are function words of that language
	 */
	static boolean understands(List<String> words) {
		return 10 * words.stream().filter(COMMON::contains).count() >= words.size();
	}

	/**
	 * Returns whether a word says something about the matter.
	 * @param word the word
	 * @return whether it is neither a function word nor politeness
	 */
	static boolean isContent(String word) {
		return !COMMON.contains(word) && !FILLERS.contains(word) && !POLITENESS.contains(word);
	}

	private static Set<String> words(String words) {
		return Set.copyOf(Arrays.asList(Parts.words(words)));
	}

	private static Map<String, Boolean> polarities() {
		Map<String, Boolean> polarities = new HashMap<>();
		words("yes yeah yep correct true ja oui sí si sim").forEach((word) -> polarities.put(word, true));
		words("no nope incorrect false wrong nein non não nee").forEach((word) -> polarities.put(word, false));
		return Map.copyOf(polarities);
	}

	/** Without one, which is a pronoun more often than a number. */
	private static Map<String, Integer> numbers() {
		List<String> small = List.of("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
				"twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty");
		Map<String, Integer> numbers = new HashMap<>(
				Map.of("zero", 0, "thirty", 30, "forty", 40, "fifty", 50, "sixty", 60, "ninety", 90, "hundred", 100));
		small.forEach((word) -> numbers.put(word, 2 + small.indexOf(word)));
		return Map.copyOf(numbers);
	}

	private static Map<String, Integer> months() {
		List<String> names = List.of("january", "february", "march", "april", "may", "june", "july", "august",
				"september", "october", "november", "december");
		Map<String, Integer> months = new HashMap<>();
		for (String name : names) {
			months.put(name, 1 + names.indexOf(name));
			months.put(name.substring(0, 3), 1 + names.indexOf(name));
		}
		months.put("sept", 9);
		return Map.copyOf(months);
	}

	private static Map<String, String> units() {
		Map<String, String> units = new HashMap<>();
		for (String group : List.of("% percent pct", "$ usd dollar dollars", "€ eur euro euros", "£ gbp", "¥ yen jpy",
				"cent cents", "second seconds sec secs s", "minute minutes min mins", "hour hours hr hrs h", "day days",
				"week weeks", "month months", "year years yr yrs", "km kilometer kilometers kilometre kilometres",
				"m meter meters metre metres", "cm centimeter centimeters", "mm millimeter millimeters",
				"mile miles mi", "ft foot feet", "inch inches", "kg kilogram kilograms", "g gram grams", "lb lbs",
				"l liter liters litre litres", "ml milliliter milliliters", "kb", "mb", "gb", "tb",
				"ms millisecond milliseconds", "°c celsius", "°f fahrenheit", "thousand k", "million", "billion")) {
			String[] names = Parts.words(group);
			for (String name : names) {
				units.put(name, names[0]);
			}
		}
		return Map.copyOf(units);
	}

	private static Map<String, Set<String>> antonyms() {
		Map<String, Set<String>> antonyms = new HashMap<>();
		for (String pair : List.of("increase decrease", "increases decreases", "increased decreased", "rise fall",
				"allowed forbidden", "allowed prohibited", "allow deny", "allows denies", "permitted prohibited",
				"before after", "open closed", "opens closes", "open close", "enable disable", "enabled disabled",
				"true false", "minimum maximum", "least most", "left right", "hot cold", "buy sell", "include exclude",
				"included excluded", "includes excludes", "accept reject", "accepted rejected", "approved rejected",
				"success failure", "succeeds fails", "up down", "on off", "in out", "above below", "over under",
				"more less", "more fewer", "higher lower", "high low", "larger smaller", "larger less", "greater less",
				"greater smaller", "bigger smaller", "longer shorter", "early late", "earlier later", "first last",
				"free paid", "always never", "all none", "all some", "every no", "add remove", "added removed",
				"start stop", "starts stops", "start end", "begin end", "required optional", "must may",
				"possible impossible", "legal illegal", "safe unsafe", "safe dangerous", "valid invalid",
				"public private", "positive negative", "even odd", "inside outside", "north south", "east west",
				"debit credit", "sender recipient", "deposit withdraw", "deposit withdrawal", "male female",
				"daily monthly", "daily weekly", "weekly monthly", "monthly yearly", "monthly annually", "with without",
				"can cannot", "can can't", "able unable", "likely unlikely", "same different", "ascending descending",
				"upgrade downgrade", "incoming outgoing", "import export", "lock unlock", "login logout",
				"active inactive", "today tomorrow", "today yesterday", "cheaper dearer", "cheaper expensive",
				"faster slower", "fast slow", "better worse", "best worst", "good bad", "win lose", "arrive depart",
				"arrival departure", "morning evening", "am pm", "his her", "he she", "him her", "internal external",
				"synchronous asynchronous", "encrypt decrypt", "push pull", "read write", "subset superset",
				"multiply divide", "sum difference", "horizontal vertical", "refundable non-refundable",
				"refundable nonrefundable")) {
			String[] words = Parts.words(pair);
			antonyms.computeIfAbsent(words[0], (word) -> new HashSet<>()).add(words[1]);
			antonyms.computeIfAbsent(words[1], (word) -> new HashSet<>()).add(words[0]);
		}
		return antonyms;
	}

}
