package io.github.costwise.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CsvRow}.
 */
@Tag("unit")
class CsvRowTests {

	private static final String ALPHABET = "ab1 ,\"\r\n\t'=+-@;|\u20ac\uff1d\u00a0{}:\\";

	@Test
	void shouldReadBackWhatWasWritten() {
		Random random = new Random(42);
		for (int i = 0; i < 20_000; i++) {
			List<String> fields = fields(random);
			CsvRow row = new CsvRow();
			fields.forEach(row::text);
			List<List<String>> read = Csv.rows(row.end());
			assertThat(read).hasSize(1);
			assertThat(read.get(0)).hasSameSizeAs(fields);
			for (int j = 0; j < fields.size(); j++) {
				assertThat(read.get(0).get(j).replace("'", "")).isEqualTo(fields.get(j).replace("'", ""));
				assertHarmless(read.get(0).get(j));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1", "\uff0b1",
			"\uff0d1", "\uff201" })
	void shouldNeutraliseFormulas(String formula) {
		assertThat(Csv.rows(new CsvRow().text(formula).end())).containsExactly(List.of("'" + formula));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "support", "a=b", "x-1", "ann@example.org", "O'Neil", "2026-11-01T10:00:00Z" })
	void shouldLeaveOrdinaryTextAlone(String text) {
		assertThat(Csv.rows(new CsvRow().text(text).end())).containsExactly(List.of(text));
	}

	@Test
	void shouldLeaveNumbersAlone() {
		assertThat(new CsvRow().number(-5).number("-0.000000001").number(null).end()).isEqualTo("-5,-0.000000001,\r\n");
	}

	private static void assertHarmless(String field) {
		String visible = field.replaceFirst("^[\\s\\u00a0]+", "");
		if (!visible.isEmpty()) {
			assertThat(visible.charAt(0)).isNotIn('=', '+', '-', '@', '\uff1d');
		}
	}

	private static List<String> fields(Random random) {
		List<String> fields = new ArrayList<>();
		int count = 1 + random.nextInt(5);
		for (int i = 0; i < count; i++) {
			StringBuilder field = new StringBuilder();
			int length = random.nextInt(8);
			for (int j = 0; j < length; j++) {
				field.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
			}
			fields.add(field.toString());
		}
		return fields;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '!', value = { "x;=1+1!x;'=1+1", "x; -1!x; '-1", "x|@a!x|'@a", "x\"=1!x\"'=1", "a;b!a;b" })
	void shouldNeutraliseFormulasBehindOtherSeparators(String text, String harmless) {
		String row = new CsvRow().text(text).end();
		assertThat(Csv.rows(row)).containsExactly(List.of(harmless));
		assertThat(row.startsWith("\"")).isEqualTo(text.contains(";") || text.contains("\""));
	}

}
