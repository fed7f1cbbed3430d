package io.github.costwise.benchmarks.eval;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link EvalRunner} and of every command with a small input. */
@Tag("thorough")
class EvalRunnerTests {

	private static final String ROWS = """
			{"provider":"openai","api":"chat","model":"gpt-4o-2024-08-06","usage":{"prompt_tokens":1119,"completion_tokens":10,"total_tokens":1129,"prompt_tokens_details":{"cached_tokens":1024}},"tokens":{"input_tokens":1119,"cache_read_tokens":1024,"output_tokens":10},"inputPrice":"0.0015175","outputPrice":"0.0001"}
			{"provider":"anthropic","api":"default","model":"claude-haiku-4-5-20251001","usage":{"input_tokens":3,"cache_read_input_tokens":9511,"cache_creation_input_tokens":1956,"cache_creation":{"ephemeral_5m_input_tokens":1956,"ephemeral_1h_input_tokens":0},"output_tokens":44},"tokens":{"input_tokens":11470,"cache_read_tokens":9511,"cache_write_tokens":1956,"cache_write_5m_tokens":1956,"output_tokens":44},"inputPrice":"0.0033991","outputPrice":"0.00022"}
			{"provider":"google","api":"default","model":"gemini-2.5-flash","usage":{"promptTokenCount":629,"promptTokensDetails":[{"modality":"TEXT","tokenCount":113},{"modality":"IMAGE","tokenCount":516}],"candidatesTokenCount":2,"thoughtsTokenCount":72,"totalTokenCount":703},"tokens":{"input_tokens":629,"input_image_tokens":516,"output_tokens":74,"output_reasoning_tokens":72},"inputPrice":"0.0001887","outputPrice":"0.000185"}

			{"provider":"mistral","api":"default","model":"mistral-large-latest","usage":{"prompt_tokens":49,"completion_tokens":69,"total_tokens":118},"tokens":{"input_tokens":49,"output_tokens":69},"inputPrice":"0.000098","outputPrice":"0.000414"}
			""";

	@TempDir
	private Path folder;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@Test
	void unknownCommandShowsUsage() {
		assertThat(run("nothing")).isEqualTo(2);
		assertThat(this.err.toString()).contains("unknown command nothing", "eval bill [--turns N] [--seed S]");
		assertThat(this.out.toString()).isEmpty();
	}

	@Test
	void noCommandShowsUsage() {
		assertThat(run()).isEqualTo(2);
		assertThat(this.err.toString()).contains("eval usage --input FILE");
	}

	@Test
	void wrongOptionsShowUsage() {
		assertThat(run("bill", "--turn", "3")).isEqualTo(2);
		assertThat(run("bill", "--turns")).isEqualTo(2);
		assertThat(run("bill", "--turns", "0")).isEqualTo(2);
		assertThat(run("bill", "--turns", "3", "--turns", "3")).isEqualTo(2);
		assertThat(run("usage")).isEqualTo(2);
		assertThat(run("usage", "--input", this.folder.resolve("absent").toString())).isEqualTo(2);
		assertThat(run("overhead", "--pillars", "magic")).isEqualTo(2);
		assertThat(this.err.toString()).contains("unknown option --turn", "--turns needs a value",
				"--turns wants a whole number from 1", "--turns is given twice", "--input is missing", "cannot read",
				"--pillars knows", "not magic");
	}

	@Test
	void badInputIsReportedWithFileAndLine() throws IOException {
		Path file = write("rows.jsonl", ROWS + "{\"provider\":\"openai\",\"api\":\"chat\"}\n");
		assertThat(run("usage", "--input", file.toString())).isEqualTo(2);
		assertThat(this.err.toString()).contains(file + ", line 6: \"tokens\" must be an object");
	}

	@Test
	void theShippedCatalogHasNoFindings() {
		assertThat(run("catalog")).isZero();
		JsonNode result = JsonMapper.shared().readTree(this.out.toString());
		assertThat(result.path("rows").intValue()).isGreaterThan(1_800);
		assertThat(result.path("findings").intValue()).isZero();
		assertThat(result.path("examples").isEmpty()).isTrue();
	}

	@Test
	void whatDoesNotFitInAListIsReported() throws IOException {
		String head = "#format 1\n#source L a list\n";
		Path list = write("list.csv", head + "openai,m,,,L,,in=1 read=2 out=.5\nnobody,m,,,L,,in=1 out=2\n");
		assertThat(run("catalog", "--input", list.toString())).isZero();
		JsonNode result = JsonMapper.shared().readTree(this.out.toString());
		assertThat(result.path("rows").intValue()).isEqualTo(2);
		assertThat(result.path("findings").intValue()).isEqualTo(3);
		assertThat(result.path("findingsByKind").propertyNames()).containsExactly("cheap-output", "dear-reads",
				"unreachable-provider");
		Path bad = write("bad.csv", head + "openai,m,,,L,,in=1e-300000000 out=1\n");
		assertThat(run("catalog", "--input", bad.toString())).isEqualTo(2);
		assertThat(this.err.toString()).contains(bad + ", line 3: the rate of INPUT has an exponent beyond");
		assertThat(run("catalog", "--input", write("list.csv.gz", head).toString())).isEqualTo(2);
		assertThat(run("catalog", "--input", write("empty.json", "{}").toString())).isEqualTo(2);
		assertThat(this.err.toString()).contains("list.csv.gz, line 1: not gzip",
				"empty.json, line 1: it holds no prices");
	}

	@Test
	void lineThatIsNotJsonIsReported() throws IOException {
		Path file = write("rows.jsonl", "\n{\"provider\": oops}\n");
		assertThat(run("usage", "--input", file.toString())).isEqualTo(2);
		assertThat(this.err.toString()).contains(file + ", line 2: not JSON");
	}

	@Test
	void fileThatIsNotGzipIsReported() throws IOException {
		Path file = write("rows.jsonl.gz", ROWS);
		assertThat(run("usage", "--input", file.toString())).isEqualTo(2);
		assertThat(this.err.toString()).contains("cannot be read");
	}

	@Test
	void usageReachesLedgerAsItWasReported() throws IOException {
		JsonNode result = result("usage", "--input", gzip(ROWS).toString());
		assertThat(result.path("rows").intValue()).isEqualTo(4);
		assertThat(result.path("overHttp").intValue()).isEqualTo(3);
		assertThat(result.path("direct").intValue()).isEqualTo(1);
		assertThat(result.path("tokenMismatches").intValue()).as("%s", result).isZero();
		assertThat(result.path("arithmeticMismatches").intValue()).as("%s", result).isZero();
	}

	@Test
	void usageFindsWrongCounts() throws IOException {
		String wrong = ROWS.replace("\"output_tokens\":74", "\"output_tokens\":75");
		JsonNode result = result("usage", "--input", write("rows.jsonl", wrong).toString());
		assertThat(result.path("tokenMismatches").intValue()).isEqualTo(2);
		assertThat(result.path("examples").toString()).contains("line 3 (gemini-2.5-flash)", "expected");
	}

	@Test
	void ledgerAgreesWithBill() {
		JsonNode result = result("bill", "--turns", "40", "--seed", "7");
		assertThat(result.path("turns").intValue()).isEqualTo(40);
		for (String none : List.of("differenceNanoUsd", "missingCalls", "doubleCalls", "attemptMismatches",
				"unexpectedFailures", "unexpectedRequests")) {
			assertThat(result.path(none).longValue()).as("%s in %s", none, result).isZero();
		}
		assertThat(result.path("byFault").properties()).isNotEmpty();
	}

	@Test
	void overheadIsMeasured() {
		JsonNode result = result("overhead", "--pillars", "accounting", "--rounds", "3");
		assertThat(result.path("bareMicros").doubleValue()).isPositive();
		assertThat(result.path("addedMicros").path("p99").isNumber()).isTrue();
		assertThat(result.path("priceNanos").path("p50").doubleValue()).isPositive();
	}

	@Test
	void overheadOfAllPillarsIsMeasured() {
		JsonNode result = result("overhead", "--pillars", "accounting,exact,routing,fallback,budget", "--rounds", "1");
		assertThat(result.path("addedMicros").path("p50").isNumber()).isTrue();
	}

	@Test
	void budgetsKeepTheirLimitsAndTheirBooks() {
		JsonNode result = result("budgets", "--store", "memory", "--operations", "5000", "--threads", "4");
		assertThat(result.path("admitted").intValue()).isPositive();
		assertThat(result.path("admitted").intValue() + result.path("refused").intValue()).isEqualTo(5_000);
		assertThat(result.path("overruns").intValue()).isPositive();
		for (String none : List.of("overshoots", "leakedHolds", "ledgerDifferenceNanoUsd", "dollarHeldNanoUsd")) {
			assertThat(result.path(none).longValue()).as(none).isZero();
		}
		assertThat(result.path("dollarSpentNanoUsd").longValue())
			.isEqualTo(result.path("dollarBilledNanoUsd").longValue())
			.isLessThanOrEqualTo(1_000_000_000L);
		assertThat(result.path("passedRejecting").intValue()).isPositive();
		assertThat(run("budgets", "--store", "paper")).isEqualTo(2);
	}

	@Test
	void startIsTimed() {
		JsonNode result = result("startup", "--rounds", "1");
		assertThat(result.path("bareMillis").path("p50").doubleValue()).isPositive();
		assertThat(result.path("addedMillis").path("p50").isNumber()).isTrue();
	}

	private JsonNode result(String... args) {
		assertThat(run(args)).as(this.err::toString).isZero();
		List<String> lines = this.out.toString().lines().toList();
		assertThat(lines).hasSize(1);
		return JsonMapper.shared().readTree(lines.get(0));
	}

	private int run(String... args) {
		return new EvalRunner(new PrintStream(this.out, true), new PrintStream(this.err, true)).run(args);
	}

	private Path write(String name, String text) throws IOException {
		return Files.writeString(this.folder.resolve(name), text);
	}

	private Path gzip(String text) throws IOException {
		Path file = this.folder.resolve("rows.jsonl.gz");
		try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
			out.write(text.getBytes());
		}
		return file;
	}

}
