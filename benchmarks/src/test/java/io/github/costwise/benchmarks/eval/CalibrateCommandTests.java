package io.github.costwise.benchmarks.eval;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.chat.model.ChatModel;

import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.GatedAnswer.Difficulty;
import io.github.costwise.model.Verdict.GateOutcome;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.quality.GateModel;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.spi.QualityGate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests of {@link CalibrateCommand}, on vectors of words. */
@Tag("thorough")
class CalibrateCommandTests {

	private static final String LABEL = "{\"text\": \"a\", \"weak\": 1, \"strong\": 1}";

	private final CalibrateCommand command = new CalibrateCommand(new WordsEncoder());

	@TempDir
	private Path folder;

	@Test
	void routerAndGateLoadTogether() throws Exception {
		Map<String, Object> result = calibrate("--keep", "0.9");
		assertThat(result).containsEntry("labels", 400).containsEntry("live", true);
		Map<String, Double> gate = gate(result);
		assertThat(gate).containsOnlyKeys("plainAbove", "targetQuality", "escalateAbove", "expectedCost",
				"expectedGap");
		assertThat(gate.get("expectedGap")).isBetween(.9, 1.);
		assertThat(gate.get("expectedCost")).isBetween(.05, .6);
		assertThat(gate.get("targetQuality")).isLessThanOrEqualTo(gate.get("plainAbove")).isGreaterThan(0);
		Map<String, Object> properties = Map.of("costwise.routing.weights", "file:" + path("routing.txt"),
				"costwise.routing.gate-weights", "file:" + path("gate.txt"),
				"costwise.routing.tiers.light.targets[0].model", "cheap",
				"costwise.routing.tiers.light.targets[1].model", "second",
				"costwise.routing.tiers.premium.targets[0].model", "dear", "costwise.policies.default.routing.mode",
				"enforce", "costwise.policies.default.routing.target-quality", gate.get("targetQuality"),
				"costwise.policies.default.gate.plain-above", gate.get("plainAbove"),
				"costwise.policies.default.gate.mode", "enforce", "costwise.policies.default.gate.second",
				"model/second");
		try (ManagedContext context = ManagedContext.start(properties,
				(beans) -> beans.registerBean("model", ChatModel.class, ScriptedModel::new))) {
			String version = RoutingModel.read(Files.readString(path("routing.txt"))).version();
			assertThat(context.bean(Rollout.class).now().stable().model().version()).isEqualTo(version);
			QualityGate loaded = context.bean(QualityGate.class);
			Difficulty difficulty = new Difficulty(0, version + "-plain");
			assertThat(loaded.judge(GatedAnswer.of("7").beside("8").to(difficulty)).rule()).isEqualTo("expected-gain");
			assertThat(loaded.judge(GatedAnswer.of("7").beside("8").to(difficulty)).outcome())
				.isEqualTo(GateOutcome.REJECTED);
			assertThat(loaded.judge(GatedAnswer.of("7").beside("7").to(difficulty)).outcome())
				.isEqualTo(GateOutcome.ACCEPTED);
		}
	}

	@Test
	void bordersWithoutEndAreWithinWhatSettingsAllow() throws Exception {
		assertThat(gate(calibrate("--keep", "1"))).containsEntry("plainAbove", 1.);
		assertThat(gate(calibrate("--keep", "0"))).containsEntry("plainAbove", 0.).containsEntry("targetQuality", 1e-6);
	}

	@Test
	void otherLabelsGiveAnotherVersion() throws Exception {
		calibrate();
		String before = GateModel.read(Files.readString(path("gate.txt"))).routing();
		calibrate();
		assertThat(GateModel.read(Files.readString(path("gate.txt"))).routing()).isEqualTo(before);
		List<String> labels = new ArrayList<>(labels());
		labels.add(labels.remove(0).replace("\"strong\": 1", "\"strong\": 0.9"));
		run("--labels", write(labels), "--out", path("routing.txt").toString());
		assertThat(RoutingModel.read(Files.readString(path("routing.txt"))).forEncoder("none").version())
			.isNotEqualTo(before);
	}

	@Test
	void withoutAGateAnswersAreNotNeeded() throws Exception {
		List<String> labels = labels().stream().map((label) -> label.replaceAll(", \"answer\".*", "}")).toList();
		assertThat(run("--labels", write(labels))).containsEntry("live", true).doesNotContainKey("gate");
	}

	@Test
	void badRowsAreReported() throws IOException {
		assertBadLine("\"text\" must be a text", LABEL.replace("\"a\"", "1"));
		assertBadLine("\"weak\" must be a number from 0 to 1", LABEL.replace("\"weak\": 1", "\"weak\": 1.5"));
		assertBadLine("\"strong\" must be a number from 0 to 1", LABEL.replace("\"strong\": 1", "\"strong\": \"1\""));
		assertBadLine("\"answer\" and \"second\" must both be texts, or neither there",
				LABEL.replace("}", ", \"answer\": \"x\"}"));
		assertBadLine("not JSON", "{");
	}

	@Test
	void aGateNeedsRowsWithAnswersAndAGap() throws IOException {
		String[] gate = { "--out", path("w").toString(), "--gate-out", path("g").toString(), "--price-ratio", "20" };
		assertBad(", line 1: for a gate at least 50 rows need \"answer\" and \"second\", which 0 have",
				List.of(LABEL, LABEL), gate);
		List<String> labels = new ArrayList<>(labels());
		labels.replaceAll((label) -> label.contains("\"weak\": 0") ? label.replaceAll(", \"answer\".*", "}") : label);
		assertBad(", line 1: over the rows with answers the capable model is not the better one", labels, gate);
		assertThat(path("w")).doesNotExist();
		assertThat(path("g")).doesNotExist();
	}

	@Test
	void wrongOptionsAreReported() throws IOException {
		assertMisuse("--gate-out needs --out", "--gate-out", "g", "--price-ratio", "20");
		assertMisuse("--price-ratio wants a number from 1.0", "--gate-out", "g", "--out", "w");
		assertMisuse("--price-ratio and --keep belong to --gate-out", "--out", "w", "--keep", ".9");
		assertMisuse("--keep wants a part from 0 to 1, not 1.5", "--gate-out", "g", "--out", "w", "--price-ratio", "20",
				"--keep", "1.5");
	}

	@Test
	void badInputGivesTheCodeOfMisuse() throws IOException {
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		String file = write(List.of(LABEL, "{\"text\": 1}"));
		PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true);
		assertThat(new EvalRunner(nowhere, new PrintStream(err, true)).run("calibrate", "--labels", file)).isEqualTo(2);
		assertThat(err.toString().strip()).isEqualTo(file + ", line 2: \"text\" must be a text");
	}

	/** Sums are hard, and where the second model answers otherwise the first is wrong. */
	private static List<String> labels() {
		Random random = new Random(3);
		List<String> labels = new ArrayList<>();
		for (int i = 0; i < 400; i++) {
			boolean sum = random.nextBoolean();
			boolean wrong = random.nextInt(10) < (sum ? 5 : 1);
			String text = sum ? "Add " + random.nextInt(90) + " and " + random.nextInt(90)
					: "Name a nice " + (char) ('a' + random.nextInt(20)) + "ish thing";
			boolean agrees = (random.nextInt(20) == 0) == wrong;
			labels.add(String.format(
					"{\"text\": \"%s\", \"weak\": %d, \"strong\": 1, \"answer\": \"7\", \"second\": \"%s\"}", text,
					wrong ? 0 : 1, agrees ? "7" : "8"));
		}
		return labels;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Double> gate(Map<String, Object> result) {
		return (Map<String, Double>) result.getOrDefault("gate", Map.of());
	}

	private Map<String, Object> calibrate(String... options) throws Exception {
		List<String> args = new ArrayList<>(List.of("--labels", write(labels()), "--out",
				path("routing.txt").toString(), "--gate-out", path("gate.txt").toString(), "--price-ratio", "20"));
		args.addAll(List.of(options));
		return run(args.toArray(String[]::new));
	}

	private Map<String, Object> run(String... args) throws Exception {
		return this.command.run(Options.parse(List.of(args), this.command.options()), (line) -> {
		});
	}

	private void assertBadLine(String reason, String line) throws IOException {
		assertBad(", line 2: " + reason, List.of(LABEL, line));
	}

	private void assertBad(String reason, List<String> lines, String... options) throws IOException {
		String file = write(lines);
		List<String> args = new ArrayList<>(List.of("--labels", file));
		args.addAll(List.of(options));
		assertThatExceptionOfType(BadInputException.class).isThrownBy(() -> run(args.toArray(String[]::new)))
			.withMessageStartingWith(file + reason);
	}

	private void assertMisuse(String reason, String... options) throws IOException {
		List<String> args = new ArrayList<>(List.of("--labels", write(List.of(LABEL))));
		args.addAll(List.of(options));
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> run(args.toArray(String[]::new)))
			.withMessageContaining(reason);
	}

	private Path path(String name) {
		return this.folder.resolve(name);
	}

	private String write(List<String> lines) throws IOException {
		return Files.write(path("labels.jsonl"), lines).toString();
	}

}
