package io.github.costwise.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.model.GatedAnswer;
import io.github.costwise.quality.EscalationEstimate;
import io.github.costwise.quality.GateLabel;
import io.github.costwise.quality.GateModel;
import io.github.costwise.quality.QualityGates;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.spi.QualityGate;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of the property {@code costwise.routing.gate-weights}. */
@Timeout(60)
@Tag("chain")
class GateWeightsTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("openAi", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withPropertyValues("costwise.routing.tiers.light.targets[0].model=gpt-5-nano");

	@TempDir
	private Path folder;

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void withoutItAgreementJudges() {
		this.runner
			.run((context) -> assertThat(rule(context.getBean(QualityGate.class), "any")).isEqualTo("agreement"));
	}

	@Test
	void judgesWhatItWasCalibratedBeside() throws IOException {
		ApplicationContextRunner calibrated = this.runner.withPropertyValues(weights("own"), gate("own"));
		calibrated.run((context) -> {
			QualityGate gate = context.getBean(QualityGate.class);
			assertThat(rule(gate, "own")).isEqualTo("expected-gain");
			assertThat(rule(gate, "another")).isEqualTo("agreement");
			assertThat(gate.judge(GatedAnswer.of("")).rule()).isEqualTo("empty");
		});
	}

	@Test
	void refusesWhatWasCalibratedBesideAnotherModel() throws IOException {
		String shipped = RoutingModel.shipped().version();
		assertFails(this.runner.withBean(TextEncoder.class, Words::new).withPropertyValues(gate("own")),
				"was calibrated beside the routing model 'own', but requests are scored by '" + shipped + "'",
				"Set 'costwise.routing.weights' to the file that was written with it");
		assertFails(this.runner.withPropertyValues(weights("own"), gate("own+70.1")), "scored by 'own'",
				"calibrate both again");
	}

	@Test
	void needsTheEncoderThatItWasCalibratedWith() throws IOException {
		String shipped = RoutingModel.shipped().version();
		assertFails(this.runner.withPropertyValues(gate(shipped)), "scored by '" + shipped + "-plain'",
				"io.github.costwise:costwise-embedding");
		this.runner.withBean(TextEncoder.class, Words::new)
			.withPropertyValues(gate(shipped))
			.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues(gate(shipped + "-plain")).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void refusesWhatItCannotRead() throws IOException {
		String property = "costwise.routing.gate-weights=";
		assertFails(this.runner.withPropertyValues(property + "file:/nowhere/gate.txt"), "FileNotFoundException",
				"a calibration has written");
		Path file = Files.writeString(this.folder.resolve("broken"), "costwise-gate-model 1\nrouting own\n");
		assertFails(this.runner.withPropertyValues(property + file.toUri()),
				"'costwise.routing.gate-weights' is not usable: Line 3 must begin with \"escalate-above\".",
				"a calibration has written");
	}

	@Test
	void refusesToStandBesideAnotherGate() throws IOException {
		assertFails(
				this.runner.withBean(QualityGate.class, QualityGates::validity)
					.withPropertyValues(weights("own"), gate("own")),
				"'costwise.routing.gate-weights' is set, but a QualityGate bean", "remove the bean");
	}

	private static String rule(QualityGate gate, String routing) {
		return gate.judge(GatedAnswer.of("4").beside("5").to(new GatedAnswer.Difficulty(0, routing))).rule();
	}

	private static void assertFails(ApplicationContextRunner runner, String problem, String action) {
		runner.run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(problem);
			assertThat(analysis.getAction()).contains(action);
		});
	}

	private String weights(String version) throws IOException {
		RoutingModel shipped = RoutingModel.shipped();
		RoutingModel model = new RoutingModel(version, List.of("mine"), shipped.scale(), shipped.plain(), null);
		return "costwise.routing.weights="
				+ Files.writeString(this.folder.resolve("weights.txt"), model.write()).toUri();
	}

	private String gate(String routing) throws IOException {
		List<GateLabel> labels = List.of(new GateLabel(0, GatedAnswer.of("4").beside("5"), 1));
		GateModel model = new GateModel(EscalationEstimate.fit(labels), .3, routing);
		return "costwise.routing.gate-weights="
				+ Files.writeString(this.folder.resolve("gate.txt"), model.write()).toUri();
	}

	private static final class Words implements TextEncoder {

		@Override
		public float[] encode(String text) {
			return new float[] { text.length() };
		}

		@Override
		public int dimensions() {
			return 1;
		}

		@Override
		public String id() {
			return "words";
		}

	}

}
