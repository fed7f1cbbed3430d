package io.github.costwise.cache.learning;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link AnswerComparison}.
 */
@Tag("thorough")
class AnswerComparisonTests {

	private static final int ROUNDS = 300;

	private static final String REFUND = "You can return the shoes within 30 days and we send the $25 back to your card "
			+ "once the parcel has reached our warehouse in Rotterdam.";

	private static final List<String> WORDS = List.of("invoice", "the", "delivery", "customer", "pays", "order", "and",
			"to", "warehouse", "shipment", "card", "is", "account", "ready", "monthly", "contract", "for", "a",
			"report", "branch", "of", "policy");

	private final AnswerComparison comparison = new AnswerComparison(new WordBagEncoder());

	private final AnswerComparison withoutEncoder = new AnswerComparison(null);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Paris                     | paris.
			The answer is 42.         | 42
			1,250.50                  | 1250.5
			It is 5 p.m.              | 17:00
			March 5, 2024             | The 5th of March 2024
			5 March 2024              | 2024-03-05
			Five days                 | 5 days
			Sure, it's the red one.   | The red one
			You can't cancel it.      | You cannot cancel it.
			20 percent                | 20%
			$5                        | 5 dollars
			**Yes**                   | yes
			{"a": 1.0, "b": [true]}   | {"b":[true],"a":1}
			```json {"a": 1e2} ```    | {"a": 100}
			`ls -l`                   | `ls -l`.
			""")
	void sameShortAnswers(String one, String other) {
		assertVerdict(one, other, true);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Paris                     | London
			42                        | 43
			1.5                       | 15
			-5                        | 5
			5 days                    | 5 weeks
			$5                        | €5
			5                         | 5%
			a                         | b
			Option A                  | Option B
			Option A                  | Option
			May 5                     | June 5
			5 am                      | 5 pm
			Yes                       | No
			You can cancel it.        | You can not cancel it.
			Alice beats Bob           | Bob beats Alice
			C                         | C++
			C#                        | C
			x < y                     | x > y
			['a', 'b']                | [['a', 'b']]
			{"a": 1}                  | {"a": 2}
			{"a": 1}                  | {"a": 1, "b": null}
			[1, 2]                    | [2, 1]
			{"a": "x"}                | {"a": "X"}
			{"a": 1}                  | a 1
			`ls -l`                   | `ls -L`
			Two                       | Three
			!                         | ?
			""")
	void differentShortAnswers(String one, String other) {
		assertVerdict(one, other, false);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			30 days    | 14 days
			30 days    | 30 weeks
			$25        | $52
			can return | cannot return
			Rotterdam  | Antwerp
			shoes      | trousers
			once       | before
			your card  | your account
			""")
	void oneChangedFactMakesLongAnswersDifferent(String from, String to) {
		assertVerdict(REFUND, REFUND.replace(from, to), false);
	}

	@Test
	void formatAndPolitenessMakeNoDifference() {
		assertVerdict(REFUND, "Sure! " + REFUND + "\n\nLet me know if you need anything else.", true);
		assertVerdict(REFUND, "- " + REFUND.replace("30 days", "**30 days**").replace(" and we", ".\n- And we"), true);
		assertVerdict(REFUND, REFUND.replace("$25", "25 dollars").replace("30 days", "thirty days"), true);
	}

	@Test
	void otherWordsForTheSameNeedTheEncoder() {
		String one = "The shoes you ordered will arrive at your home address early next week, and the courier will send "
				+ "a message before the parcel is delivered to the door by hand.";
		String other = "Early next week the parcel will arrive at your home address: the courier will send you a message "
				+ "before the shoes are handed over at the door, as ordered by you.";
		assertThat(this.comparison.same(one, other)).isTrue();
		assertThat(this.withoutEncoder.same(one, other)).isFalse();
		assertVerdict(one,
				"Please send a message to the owner of the house, who will open the door for you and show where the "
						+ "parcel of the neighbours was left by the courier.",
				false);
	}

	@Test
	void codeAndQuotationsMustBeTheSame() {
		String text = "Run the following command in the folder of the project and wait until it is done:\n```sh\n%s\n```\n";
		assertVerdict(text.formatted("mvn verify"), text.formatted("mvn verify  ") + "Good luck!", false);
		assertVerdict(text.formatted("mvn verify"), text.formatted("mvn verify  ") + "Let me know.", true);
		assertVerdict(text.formatted("mvn verify"), text.formatted("mvn install"), false);
		assertVerdict("Press \"Save\" and then close the window of the editor, or else all of it is lost for you.",
				"Press \"Send\" and then close the window of the editor, or else all of it is lost for you.", false);
	}

	@Test
	void languagesWithoutKnownNegationsAreComparedWordForWord() {
		String one = "Možete vratiti cipele u roku od mjesec dana jer novac šaljemo natrag na karticu kupca odmah";
		String other = "Ne možete vratiti cipele u roku od mjesec dana jer novac šaljemo natrag na karticu kupca odmah";
		assertVerdict(one, one.toUpperCase(Locale.ROOT) + ".", true);
		assertVerdict(one, other, false);
	}

	@Test
	void generationsAreComparedInTheirPlaces() {
		assertThat(this.comparison.same(List.of("a b", "c"), List.of("A b.", "C"))).isTrue();
		assertThat(this.comparison.same(List.of("a b", "c"), List.of("c", "a b"))).isFalse();
		assertThat(this.comparison.same(List.of("a b"), List.of("a b", "c"))).isFalse();
	}

	@Test
	void everyAnswerIsTheSameAsItselfInAnotherGarb() {
		Random random = new Random(11);
		for (int i = 0; i < ROUNDS; i++) {
			String text = text(random);
			assertVerdict(text, text, true);
			assertVerdict(text, " " + text.toUpperCase(Locale.ROOT).replace(" ", "  ") + "!", true);
		}
	}

	@Test
	void verdictDoesNotDependOnTheOrder() {
		Random random = new Random(12);
		for (int i = 0; i < ROUNDS; i++) {
			String one = text(random);
			String other = changed(one, random);
			for (AnswerComparison tested : List.of(this.comparison, this.withoutEncoder)) {
				assertThat(tested.same(one, other)).as("%s / %s", one, other).isEqualTo(tested.same(other, one));
			}
		}
	}

	@Test
	void anotherNumberIsAlwaysFound() {
		Random random = new Random(13);
		for (int i = 0; i < ROUNDS; i++) {
			int number = random.nextInt(1000);
			String begin = text(random);
			String end = text(random);
			assertVerdict(begin + " " + number + " " + end, begin + " " + (number + 1 + random.nextInt(50)) + " " + end,
					false);
		}
	}

	@Test
	void addedNegationIsAlwaysFound() {
		Random random = new Random(14);
		for (int i = 0; i < ROUNDS; i++) {
			String begin = text(random);
			String end = text(random);
			assertVerdict(begin + " " + end, begin + " not " + end, false);
		}
	}

	@Test
	void jsonIsTheSameWhateverItsNotationAndDifferentWithAnotherLeaf() {
		Random random = new Random(15);
		for (int i = 0; i < ROUNDS; i++) {
			Map<String, Integer> values = new LinkedHashMap<>();
			for (int field = 0; field <= random.nextInt(8); field++) {
				values.put("f" + field, random.nextInt(100));
			}
			assertVerdict(json(values, random, 0), json(values, random, 2), true);
			Map<String, Integer> changed = new LinkedHashMap<>(values);
			changed.merge("f0", 1, Integer::sum);
			assertVerdict(json(values, random, 0), json(changed, random, 1), false);
		}
	}

	@Test
	void hugeAnswersAreCompared() {
		String huge = "the delivery of the order is ready and ".repeat(5_000);
		assertVerdict(huge, huge.replace(" ", "\n"), true);
		assertVerdict(huge, huge + " 7", false);
		assertVerdict("1".repeat(200_000), "1".repeat(199_999) + "2", false);
		assertVerdict("[".repeat(100_000), "[".repeat(100_000) + "1", false);
		assertVerdict("a.".repeat(100_000), "\"" + "b'".repeat(100_000), false);
	}

	private void assertVerdict(String one, String other, boolean same) {
		assertThat(this.comparison.same(one, other)).as("%s / %s", shortened(one), shortened(other)).isEqualTo(same);
		assertThat(this.comparison.same(other, one)).isEqualTo(same);
		assertThat(this.withoutEncoder.same(one, other)).isEqualTo(same);
	}

	private static String shortened(String text) {
		return text.substring(0, Math.min(300, text.length()));
	}

	private static String text(Random random) {
		return random.ints(1 + random.nextInt(30), 0, WORDS.size())
			.mapToObj(WORDS::get)
			.collect(Collectors.joining(" "));
	}

	private static String changed(String text, Random random) {
		List<String> words = new ArrayList<>(List.of(text.split(" ")));
		switch (random.nextInt(4)) {
			case 0 -> words.add(random.nextInt(words.size() + 1), WORDS.get(random.nextInt(WORDS.size())));
			case 1 -> words.remove(random.nextInt(words.size()));
			case 2 -> Collections.swap(words, 0, words.size() - 1);
			default -> words.add("12");
		}
		return String.join(" ", words);
	}

	private static String json(Map<String, Integer> values, Random random, int decimals) {
		List<String> names = new ArrayList<>(values.keySet());
		Collections.shuffle(names, random);
		return names.stream()
			.map((name) -> "\"" + name + "\" : " + BigDecimal.valueOf(values.get(name)).setScale(decimals))
			.collect(Collectors.joining(", ", "{", "}"));
	}

}
