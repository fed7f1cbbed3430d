package io.github.costwise.advisor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.actuate.CostRoutesEndpoint;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.pipeline.Calibrator;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.calibration.CalibrationResult;
import io.github.costwise.routing.calibration.LabelFile;
import io.github.costwise.routing.calibration.LabelledRequest;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

/**
 * Labels that the application's own traffic gives, and the calibration on them.
 */
@Timeout(60)
@Tag("chain")
class TrialChainTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	@TempDir
	private Path folder;

	private ApplicationContextRunner runner;

	@BeforeEach
	void configure() {
		this.runner = CostwiseRunner.create()
			.withBean("openAi", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
			.withPropertyValues("costwise.routing.tiers.light.targets[0].model=gpt-5-nano",
					"costwise.routing.tiers.premium.targets[0].model=gpt-5",
					"costwise.policies.default.routing.mode=enforce",
					"costwise.routing.labels.file=" + this.folder.resolve("labels"),
					"costwise.routing.labels.weights=" + this.folder.resolve("weights"));
	}

	@AfterEach
	void close() {
		this.provider.close();
	}

	private static String ask(ApplicationContext context, String text) {
		return context.getBean(ChatClient.Builder.class).build().prompt(text).call().content();
	}

	@Test
	void otherModelIsAskedOffThePathAndPaidForAsItsOwnTurn() throws Exception {
		this.provider.handler((request) -> Answer.text("gpt-5".equals(request.model()) ? "Lyon" : "Paris"));
		this.runner.withPropertyValues("costwise.routing.labels.share=1").run((context) -> {
			assertThat(ask(context, "What is the capital of France?")).isEqualTo("Paris");
			LabelFile file = context.getBean(LabelFile.class);
			Eventually.holds(() -> Files.exists(file.path()) && !file.read().isEmpty());
			assertThat(file.read()).containsExactly(new LabelledRequest("What is the capital of France?", null, 0, 1));
			List<CallRecord> calls = CostwiseRunner.calls(context);
			assertThat(calls).extracting(CallRecord::purpose).containsExactly(Purpose.ANSWER, Purpose.JUDGE);
			assertThat(calls.get(1).turnId()).isNotEqualTo(calls.get(0).turnId());
		});
	}

	@Test
	void modelThatMayNotAnswerIsNotTried() {
		this.provider.handler((request) -> Answer.text("Paris"));
		this.runner
			.withPropertyValues("costwise.routing.labels.share=1", "costwise.policies.default.routing.regions=eu",
					"costwise.routing.tiers.light.targets[0].region=eu",
					"costwise.routing.tiers.premium.targets[0].region=us")
			.run((context) -> ask(context, "What is the capital of France?"));
		assertThat(this.provider.requests()).hasSize(1);
	}

	@Test
	void modelThatCannotBeWrittenChangesNothing() {
		this.runner.withPropertyValues("costwise.routing.labels.weights=" + this.folder.resolve("none/weights"))
			.run((context) -> {
				label(context.getBean(LabelFile.class));
				String before = context.getBean(Rollout.class).now().stable().version();
				assertThatExceptionOfType(CostwiseConfigurationException.class)
					.isThrownBy(() -> context.getBean(Calibrator.class).calibrate())
					.withMessageContaining("cannot be written");
				assertThat(context.getBean(Rollout.class).now().stable().version()).isEqualTo(before);
			});
	}

	@Test
	void withoutAShareNothingIsTried() {
		this.provider.handler((request) -> Answer.text("Paris"));
		this.runner.run((context) -> {
			ask(context, "What is the capital of France?");
			assertThat(this.provider.requests()).hasSize(1);
		});
	}

	@Test
	void calibrationThatTellsRequestsApartGoesLive() {
		this.runner.run((context) -> {
			label(context.getBean(LabelFile.class));
			String before = context.getBean(Rollout.class).now().stable().version();
			CalibrationResult result = context.getBean(Calibrator.class).calibrate();
			assertThat(result.reason()).isNull();
			assertThat(result.quality().interval().low()).isGreaterThan(.5);
			Rollout rollout = context.getBean(Rollout.class);
			assertThat(rollout.now().stable().version()).isNotEqualTo(before);
			assertThat(RoutingModel.read(Files.readString(this.folder.resolve("weights"))).version())
				.isEqualTo(rollout.now().stable().model().version());
			assertThat(rollout.rollBack("test")).isNotNull();
			assertThat(rollout.now().stable().version()).isEqualTo(before);
		});
	}

	@Test
	void calibrationThatIsNoBetterThanChanceStaysOut() {
		this.runner.run((context) -> {
			LabelFile file = context.getBean(LabelFile.class);
			Random random = new Random(7);
			for (int i = 0; i < 200; i++) {
				file.append(new LabelledRequest("What is the capital of country " + random.nextInt(1000) + "?", null,
						random.nextInt(2), 1));
			}
			String before = context.getBean(Rollout.class).now().stable().version();
			assertThat(context.getBean(Calibrator.class).calibrate().reason()).contains("random");
			assertThat(context.getBean(Rollout.class).now().stable().version()).isEqualTo(before);
			assertThat(this.folder.resolve("weights")).doesNotExist();
		});
	}

	@Test
	void calibrationIsAskedForThroughActuator() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=costroutes").run((context) -> {
			CostRoutesEndpoint endpoint = context.getBean(CostRoutesEndpoint.class);
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.act("calibrate", null, null))
				.withMessageContaining("collect labels first");
			context.getBean(LabelFile.class).append(new LabelledRequest("Why?", null, 0, 1));
			assertThat(endpoint.act("calibrate", null, null)).extracting("done", STRING)
				.startsWith("Nothing changed. ")
				.contains("at least 50 labels");
		});
	}

	/** Labels that the wording of the requests explains. */
	private static void label(LabelFile file) {
		Random random = new Random(7);
		for (int i = 0; i < 200; i++) {
			boolean hard = random.nextBoolean();
			String text = hard ? "Prove step by step that the integral of x^" + i + " converges: \\int_0^1 x^" + i
					: "What is the capital of country number " + i + "?";
			file.append(new LabelledRequest(text, null, hard ? 0 : 1, 1));
		}
	}

}
