package io.github.costwise.benchmarks.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.costwise.cache.verify.HitPrior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Tests of the commands of the semantic tier, on vectors of words. */
@Tag("thorough")
class SemanticCommandsTests {

	private static final String[] FILLERS = { "please", "now", "card", "account", "phone", "app", "bank", "money" };

	private final WordsEncoder encoder = new WordsEncoder();

	private final Random random = new Random(5);

	@TempDir
	private Path folder;

	private String stream = "";

	@BeforeEach
	void writeStream() throws IOException {
		List<String> lines = new ArrayList<>();
		for (int i = 0; i < 1200; i++) {
			int topic = this.random.nextInt(6);
			lines.add(String.format(
					"{\"text\": \"question%1$d about%1$d matter%1$d %2$s %3$s\", \"answer\": \"answer%1$d\"}", topic,
					filler(), filler()));
		}
		this.stream = write("some.stream.jsonl", lines);
	}

	@Test
	void streamServesAndCounts() throws Exception {
		Map<String, Object> result = stream("--prior", "none");
		assertThat(result).containsEntry("requests", 1200)
			.containsKeys("lastQuarter", "lookupMicros", "embedMicros", "worstWindow")
			.doesNotContainKey("boundKept");
		assertThat(number(result, "hits")).isGreaterThan(100);
		assertThat(number(result, "hitRate")).isEqualTo(number(result, "hits") / 1200);
		assertThat(number(result, "errorRate")).isLessThanOrEqualTo(.01);
	}

	@Test
	void streamGivesTheSameAgain() throws Exception {
		assertThat(counts(stream("--seed", "7", "--order", "phases", "--judgement-noise", ".2,.01")))
			.isEqualTo(counts(stream("--seed", "7", "--order", "phases", "--judgement-noise", ".2,.01")));
		assertThat(counts(stream("--seed", "7"))).isNotEqualTo(counts(stream("--seed", "8")));
	}

	@Test
	void streamWithAThresholdServesWhatIsSimilar() throws Exception {
		assertThat(number(stream("--policy", "static:0.5"), "hits")).isGreaterThan(1180);
		assertThat(number(stream("--policy", "static:0.95"), "hits")).isBetween(200., 1150.);
	}

	@Test
	void streamMeansOverSeeds() throws Exception {
		Map<String, Object> result = stream("--seeds", "2", "--prior", "none");
		double first = number(stream("--seed", "42", "--prior", "none"), "hits");
		double second = number(stream("--seed", "43", "--prior", "none"), "hits");
		assertThat(number(result, "hits")).isEqualTo((first + second) / 2);
		assertThat(number(result, "boundKept")).isOne();
	}

	@Test
	void streamOfSubStreamsSaysHowOftenTheBoundWasKept() throws Exception {
		Map<String, Object> result = stream("--resample", "4", "--prior", "none");
		assertThat(number(result, "requests")).isBetween(500., 600.);
		assertThat(number(result, "boundKept")).isOne();
		assertThat((List<?>) result.get("boundKeptInterval")).hasSize(2).last().isEqualTo(1.);
		assertThat(counts(result)).isEqualTo(counts(stream("--resample", "4", "--prior", "none")));
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> stream("--resample", "4", "--seeds", "2"));
	}

	@Test
	void streamAsksAgainOnlyWhereJudgementsErr() throws Exception {
		assertThat(number(stream("--prior", "none"), "repeats")).isZero();
		assertThat(number(stream("--judgement-noise", ".2"), "repeats")).isPositive();
	}

	@Test
	void streamOfTenantsHitsLess() throws Exception {
		assertThat(number(stream("--tenants", "30"), "hits")).isLessThan(number(stream("--tenants", "1"), "hits"));
	}

	@Test
	void streamSeesAnswersThatChange() throws Exception {
		assertThat(number(stream("--drift", ".5"), "wrongHits")).isGreaterThan(number(stream(), "wrongHits"));
	}

	@Test
	void pairsCountByKind() throws Exception {
		String file = write("some.pairs.jsonl", List.of(
				"{\"a\": \"how do I pay\", \"b\": \"how do I pay\", \"same\": true, \"kind\": \"copy\"}",
				"{\"a\": \"pay with a red card\", \"b\": \"pay with a blue card\", \"same\": false, \"kind\": \"word\"}",
				"{\"a\": \"rooms for 2\", \"b\": \"rooms for 3\", \"same\": false, \"kind\": \"number\"}"));
		Map<String, Object> result = run(new PairsCommand(this.encoder), "--input", file);
		assertThat(result).containsEntry("n", 3).containsEntry("recall", 1.).containsEntry("falseHitRate", 0.);
		assertThat(result.get("byKind")).asString().contains("copy", "number", "word");
		assertThat(run(new PairsCommand(this.encoder), "--input", file, "--profile", "static:0.5"))
			.containsEntry("falseHitRate", 1.);
		assertThat(run(new PairsCommand(this.encoder), "--input", file, "--labels", "2")).containsEntry("n", 1);
		assertMisuse("--labels leaves none of the 3 pairs", new PairsCommand(this.encoder), "--input", file, "--labels",
				"3");
	}

	@Test
	void aConversationHitsWhenItComesAgain() throws Exception {
		String file = write("some.multiturn.jsonl", List.of(
				"{\"conversation\": \"1\", \"history\": [], \"text\": \"Where is Berlin?\", \"answer\": \"Berlin\"}",
				"{\"conversation\": \"1\", \"history\": [\"Where is Berlin?\"], \"text\": \"How old is it?\", \"answer\": \"age of Berlin\"}",
				"{\"conversation\": \"2\", \"history\": [\"Where is Rome?\"], \"text\": \"How old is it?\", \"answer\": \"age of Rome\"}"));
		assertThat(run(new MultiTurnCommand(this.encoder), "--input", file)).containsEntry("hits", 0L);
		assertThat(run(new MultiTurnCommand(this.encoder), "--input", file, "--repeat", "3"))
			.containsEntry("requests", 9)
			.containsEntry("hits", 6L)
			.containsEntry("wrongHits", 0L);
	}

	@Test
	void aPriorIsFittedThatCanBeRead() throws Exception {
		Path output = this.folder.resolve("prior.txt");
		Map<String, Object> result = run(new PriorCommand(this.encoder), "--inputs", this.stream, "--comment", "mine",
				"--output", output.toString());
		assertThat(number(result, "streams")).isEqualTo(2);
		List<String> lines = Files.readAllLines(output);
		assertThat(lines.get(0)).isEqualTo("# mine");
		assertThatNoException().isThrownBy(() -> HitPrior.read(lines));
	}

	@Test
	void wrongOptionsAreReported() {
		assertMisuse("--delta wants more than 0", "--delta", "0");
		assertMisuse("--delta wants a share from 0 to less than 1, not 2", "--delta", "2");
		assertMisuse("--drift wants a share", "--drift", "much");
		assertMisuse("--policy: The cache's 'semantic.profile' is 'wild', which does not exist", "--policy", "wild");
		assertMisuse("--order wants", "--order", "reverse");
		assertMisuse("--prior wants", "--prior", "own");
		assertMisuse("--judgement-noise wants a share", "--judgement-noise", ".1,2");
		assertMisuse("--tenants wants a whole number", "--tenants", "0");
	}

	@Test
	void badLinesAreReported() throws IOException {
		assertBadLine("\"answer\" must be a text", new StreamCommand(this.encoder), "{\"text\": \"a\"}");
		assertBadLine("\"same\" must be true or false", new PairsCommand(this.encoder),
				"{\"a\": \"a\", \"b\": \"b\", \"kind\": \"c\"}");
		assertBadLine("\"history\" must be a list of texts", new MultiTurnCommand(this.encoder),
				"{\"conversation\": \"1\", \"history\": [1], \"text\": \"a\", \"answer\": \"b\"}");
		assertBadLine("the file holds nothing", new StreamCommand(this.encoder), "");
	}

	private void assertBadLine(String reason, EvalCommand command, String line) throws IOException {
		String file = write("bad.jsonl", List.of(line));
		assertThatExceptionOfType(BadInputException.class).isThrownBy(() -> run(command, "--input", file))
			.withMessage(file + ", line 1: " + reason);
	}

	private void assertMisuse(String reason, String... options) {
		String[] args = Arrays.copyOf(options, options.length + 2);
		args[options.length] = "--input";
		args[options.length + 1] = this.stream;
		assertMisuse(reason, new StreamCommand(this.encoder), args);
	}

	private static void assertMisuse(String reason, EvalCommand command, String... args) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> run(command, args))
			.withMessageContaining(reason);
	}

	private Map<String, Object> stream(String... options) throws Exception {
		String[] args = Arrays.copyOf(options, options.length + 2);
		args[options.length] = "--input";
		args[options.length + 1] = this.stream;
		return run(new StreamCommand(this.encoder), args);
	}

	private static Map<String, Object> run(EvalCommand command, String... args) throws Exception {
		return command.run(Options.parse(List.of(args), command.options()), (line) -> {
		});
	}

	private static double number(Map<String, Object> result, String key) {
		return ((Number) result.getOrDefault(key, -1)).doubleValue();
	}

	private static Map<String, Object> counts(Map<String, Object> result) {
		Map<String, Object> counts = new LinkedHashMap<>(result);
		counts.keySet().removeIf((key) -> key.endsWith("Micros"));
		return counts;
	}

	private String filler() {
		return FILLERS[this.random.nextInt(FILLERS.length)];
	}

	private String write(String name, List<String> lines) throws IOException {
		return Files.write(this.folder.resolve(name), lines).toString();
	}

}
