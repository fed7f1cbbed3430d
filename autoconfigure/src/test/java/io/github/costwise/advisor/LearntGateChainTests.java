package io.github.costwise.advisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.model.GatedAnswer;
import io.github.costwise.pipeline.Gates;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.quality.EscalationEstimate;
import io.github.costwise.quality.GateLabel;
import io.github.costwise.quality.GateModel;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that a calibrated gate judges, on the real clients: it has learnt from labels
 * that the capable model gains where two cheap ones agree, and only there.
 */
@Timeout(60)
@Tag("chain")
class LearntGateChainTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	@TempDir
	private Path folder;

	private ApplicationContextRunner runner = CostwiseRunner.create();

	@BeforeEach
	void calibrate() throws IOException {
		RoutingModel shipped = RoutingModel.shipped();
		RoutingModel routing = new RoutingModel("own", List.of("mine"), shipped.scale(), shipped.plain(), null);
		List<GateLabel> labels = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			labels.add(new GateLabel(i % 7, GatedAnswer.of("42").beside("42"), 1));
			labels.add(new GateLabel(i % 7, GatedAnswer.of("42").beside("41"), 0));
		}
		GateModel gate = new GateModel(EscalationEstimate.fit(labels), .5, routing.version());
		Path weights = Files.writeString(this.folder.resolve("routing.txt"), routing.write());
		Path gateWeights = Files.writeString(this.folder.resolve("gate.txt"), gate.write());
		this.runner = this.runner.withBean("openAi", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
			.withPropertyValues("costwise.routing.weights=" + weights.toUri(),
					"costwise.routing.gate-weights=" + gateWeights.toUri(),
					"costwise.routing.tiers.light.targets[0].model=gpt-5-nano",
					"costwise.routing.tiers.light.targets[1].model=gpt-4.1-nano",
					"costwise.routing.tiers.light.targets[1].name=other",
					"costwise.routing.tiers.premium.targets[0].model=gpt-5",
					"costwise.policies.default.routing.mode=enforce",
					"costwise.policies.default.routing.target-quality=0.01",
					"costwise.policies.default.gate.mode=enforce", "costwise.policies.default.gate.second=other",
					"costwise.policies.default.gate.plain-above=1");
	}

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void agreeingAnswerIsReplaced() {
		this.runner.run((context) -> {
			assertModels(context, "42", "gpt-5-nano", "gpt-4.1-nano", "gpt-5");
			assertThat(context.getBean(Gates.class).rejections()).containsOnlyKeys("expected-gain");
		});
	}

	@Test
	void disagreeingAnswerIsKept() {
		this.runner.run((context) -> {
			assertModels(context, "41", "gpt-5-nano", "gpt-4.1-nano");
			assertThat(context.getBean(Gates.class).rejections()).isEmpty();
		});
	}

	@Test
	void agreementJudgesWhileAnotherRoutingModelScores() {
		this.runner.run((context) -> {
			Rollout rollout = context.getBean(Rollout.class);
			rollout.replace(rollout.with(RoutingModel.shipped()));
			assertModels(context, "41", "gpt-5-nano", "gpt-4.1-nano", "gpt-5");
			assertThat(context.getBean(Gates.class).rejections()).containsOnlyKeys("agreement");
			rollout.rollBack("back");
			assertModels(context, "41", "gpt-5-nano", "gpt-4.1-nano");
		});
	}

	@Test
	void agreementJudgesTurnsOfACandidate() {
		this.runner
			.withPropertyValues("costwise.routing.candidate.share=1",
					"costwise.routing.candidate.weights=" + shipped().toUri())
			.run((context) -> assertModels(context, "42", "gpt-5-nano", "gpt-4.1-nano"));
	}

	@Test
	void agreementJudgesAnswersOfOtherTiers() {
		this.runner.withPropertyValues("costwise.routing.tiers.light.level=standard")
			.run((context) -> assertModels(context, "42", "gpt-5-nano", "gpt-4.1-nano"));
	}

	private Path shipped() {
		try {
			return Files.writeString(this.folder.resolve("shipped.txt"), RoutingModel.shipped().write());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The first model answers 42, the second one this. */
	private void assertModels(ApplicationContext context, String second, String... models) {
		this.provider.reset();
		this.provider.enqueue(Answer.text("42"), Answer.text(second), Answer.text("43"));
		String answer = context.getBean(ChatClient.Builder.class)
			.build()
			.prompt("How much is 6 times 7?")
			.call()
			.content();
		assertThat(this.provider.requests()).extracting(LoopbackRequest::model).containsExactly(models);
		assertThat(answer).isEqualTo((models.length == 3) ? "43" : "42");
	}

}
