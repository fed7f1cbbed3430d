package io.github.costwise.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import io.github.costwise.CostFeedback;
import io.github.costwise.Tier;
import io.github.costwise.fallback.FallbackRate;
import io.github.costwise.fallback.HealthSettings;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutedConversation;
import io.github.costwise.model.RoutingCause;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.CostPolicy;
import io.github.costwise.pipeline.Fallbacks;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.routing.RouteTier;
import io.github.costwise.routing.RoutingConfiguration;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.RoutingPolicy;
import io.github.costwise.routing.RoutingTable;
import io.github.costwise.spi.ModelRouter;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RoutingAutoConfiguration}.
 */
@Timeout(60)
@Tag("chain")
class RoutingAutoConfigurationTests {

	private static final String LIGHT = "costwise.routing.tiers.light.targets[0].model=gpt-5-nano";

	private final LoopbackProvider provider = new LoopbackProvider().handler((request) -> Answer.text("yes"));

	private final ApplicationContextRunner bare = CostwiseRunner.create()
		.withBean("openAi", ChatModel.class, () -> LoopbackModels.openAi(this.provider));

	private final ApplicationContextRunner runner = this.bare.withPropertyValues(LIGHT);

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void isOffWithoutTiers() {
		this.bare.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(TurnRouter.class)
			.doesNotHaveBean(Rollout.class)
			.doesNotHaveBean(TargetHealth.class)
			.doesNotHaveBean(FallbackRate.class)
			.doesNotHaveBean(CostFeedback.class));
	}

	@Test
	void isOnWithTiers() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(TurnRouter.class)
				.hasSingleBean(Rollout.class)
				.hasSingleBean(TargetHealth.class)
				.hasSingleBean(FallbackRate.class)
				.hasSingleBean(CostFeedback.class);
			RoutingTable table = context.getBean(TurnRouter.class).table();
			assertThat(table.targets()).extracting(RouteTarget::name).containsExactly("openAi/gpt-5-nano");
		});
	}

	@Test
	void isOffWithCostwise() {
		this.runner.withPropertyValues("costwise.mode=off")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TurnRouter.class));
	}

	@Test
	void tiersStandInTheOrderOfTheirLevels() {
		this.bare
			.withPropertyValues("costwise.routing.tiers.deep.level=premium",
					"costwise.routing.tiers.deep.targets[0].model=gpt-5", "costwise.routing.tiers.quick.level=light",
					"costwise.routing.tiers.quick.targets[0].model=gpt-5-nano",
					"costwise.routing.tiers.standard.targets[0].model=gpt-5-mini")
			.run((context) -> assertThat(context.getBean(TurnRouter.class).table().tiers()).extracting(RouteTier::name)
				.containsExactly("quick", "standard", "deep"));
	}

	@Test
	void versionsAreTheSameInEveryProcessAndFollowFromTheSettings() {
		this.runner
			.run((context) -> this.runner.run((other) -> assertThat(version(context)).isEqualTo(version(other))));
		this.runner
			.run((context) -> this.runner.withPropertyValues("costwise.policies.default.routing.target-quality=0.9")
				.run((other) -> assertThat(version(context)).isNotEqualTo(version(other))));
	}

	private static String version(ApplicationContext context) {
		return context.getBean(Rollout.class).now().stable().version();
	}

	@Test
	void emptyFallbackIsOn() {
		this.runner.withPropertyValues("costwise.policies.default.fallback=")
			.run((context) -> assertThat(Fallbacks.POLICY.of(context.getBean(CostPolicies.class).get(null)).enabled())
				.isTrue());
	}

	@Test
	void documentedExamplesWork() {
		ApplicationContextRunner application = CostwiseRunner.create()
			.withBean("openAiChatModel", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
			.withBean("anthropicChatModel", ChatModel.class, () -> LoopbackModels.anthropic(this.provider));
		for (String page : List.of("routing.md", "fallback.md")) {
			application
				.withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(example(page)))
				.withPropertyValues("costwise.routing.tiers.standard.targets[0].model=gpt-5-mini",
						"costwise.chat.default-model=openAiChatModel")
				.run((context) -> {
					assertThat(context).hasNotFailed();
					CostPolicy policy = context.getBean(CostPolicies.class).get(null);
					assertThat(TurnRouter.POLICY.of(policy).mode() == RoutingPolicy.RoutingMode.ENFORCE
							|| Fallbacks.POLICY.of(policy).enabled())
						.isTrue();
				});
		}
	}

	private static PropertySource<?> example(String page) {
		Matcher yaml = Pattern.compile("## Smallest example.*?```yaml\n(.*?)```", Pattern.DOTALL)
			.matcher(read(Path.of("..", "docs", page)));
		assertThat(yaml.find()).isTrue();
		try {
			return new YamlPropertySourceLoader()
				.load(page, new ByteArrayResource(yaml.group(1).getBytes(StandardCharsets.UTF_8)))
				.get(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void ownRouterDecides() {
		RouteTarget nano = RouteTarget.of("openAi", "gpt-5-nano", Tier.LIGHT);
		ModelRouter own = (request) -> new RoutingDecision(nano, "light",
				new RoutingDecision.RoutingReason(RoutingCause.RULE, "light", null, "own", RoutedConversation.start()),
				List.of(), List.of(), List.of());
		this.runner
			.withPropertyValues("costwise.routing.tiers.premium.targets[0].model=gpt-5",
					"costwise.policies.default.routing.mode=enforce")
			.withBean(ModelRouter.class, () -> own)
			.run((context) -> {
				context.getBean(ChatClient.Builder.class)
					.build()
					.prompt("Prove that there are infinitely many primes of the form 4n+3, step by step.")
					.call()
					.content();
				assertThat(this.provider.requests()).extracting(LoopbackRequest::model).containsExactly("gpt-5-nano");
				assertThat(context.getBean(TurnRouter.class).log().recent().get(0).decision().reason().rule())
					.isEqualTo("own");
			});
	}

	@Test
	void ownHealthAndRolloutAreUsed() {
		TargetHealth health = new TargetHealth(
				new HealthSettings(.5, 5, 20, Duration.ofSeconds(30), 2, Duration.ofSeconds(2)), Clock.systemUTC());
		Rollout rollout = new Rollout(new RoutingConfiguration(
				RoutingTable.of(List.of(RouteTarget.of("openAi", "gpt-4.1-nano", Tier.LIGHT))), RoutingModel.shipped(),
				Map.of("default", RoutingPolicy.of(RoutingPolicy.RoutingMode.ENFORCE))));
		this.runner.withPropertyValues("costwise.policies.default.routing.mode=enforce")
			.withBean(TargetHealth.class, () -> health)
			.withBean(Rollout.class, () -> rollout)
			.run((context) -> {
				assertThat(context.getBean(TargetHealth.class)).isSameAs(health);
				assertThat(context.getBean(TurnRouter.class).rollout()).isSameAs(rollout);
				context.getBean(ChatClient.Builder.class).build().prompt("Hello").call().content();
				assertThat(this.provider.requests()).extracting(LoopbackRequest::model).containsExactly("gpt-4.1-nano");
				assertThat(health.states()).extracting((state) -> state.name()).containsExactly("openAi/gpt-4.1-nano");
			});
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', delimiter = '|',
			textBlock = """
					costwise.routing.tiers.fast.targets[0].model=m            | 'costwise.routing.tiers.fast' has no level        | light, standard or premium
					costwise.routing.tiers.light.level=auto                   | has the level AUTO                                | light, standard and premium
					costwise.routing.tiers.standard.level=standard            | 'costwise.routing.tiers.standard' has no targets  | Give it targets
					costwise.routing.tiers.light.targets[0].model=            | tiers.light.targets[0]' names no model            | light.targets[0].model
					costwise.routing.tiers.light.targets[0].bean=nobody       | uses the bean 'nobody', which is no ChatModel     | openAi
					costwise.routing.tiers.light.targets[0].context-window=0  | must be at least 1                                | at least one token
					costwise.routing.tiers.premium.targets[0].model=gpt-5-nano | There are two targets openAi/gpt-5-nano          | 'name' of its own
					costwise.routing.candidate.share=1.5                      | 'costwise.routing.candidate' is not usable        | between 0 and 1
					costwise.routing.candidate.least-turns=0                  | 'costwise.routing.candidate' is not usable        | at least one turn
					costwise.routing.weights=file:/nowhere/weights.txt        | 'costwise.routing.weights' is not usable          | a calibration has written
					costwise.routing.weights=classpath:META-INF/spring.factories | 'costwise.routing.weights' is not usable          | a calibration has written
					costwise.fallback.deadline-threads=0                      | 'costwise.fallback.deadline-threads' is not usable | at least 1
					costwise.fallback.health.failure-rate=2                   | 'costwise.fallback.health' is not usable          | shares above 0
					costwise.fallback.spike.window=0s                         | 'costwise.fallback.spike' is not usable           | times above zero
					costwise.fallback.provider-retries=-1                     | 'costwise.fallback.provider-retries' is -1        | 0 so that they leave that
					costwise.policies.p.fallback.max-attempts=0               | 'costwise.policies.p.fallback' is not usable      | at least one attempt
					costwise.policies.p.fallback.deadline=0s                  | 'costwise.policies.p.fallback' is not usable      | times above zero
					costwise.policies.p.fallback.reactions.stopped=next       | Nothing else may be tried after STOPPED           | no other reaction than 'stop'
					costwise.policies.p.routing.target-quality=1              | 'costwise.policies.p.routing' is not usable       | above 0 and below 1
					costwise.policies.p.routing.rules[0].to=light             | a rule needs a 'name' and a 'to'                  | rules with a name
					costwise.policies.p.routing.moode=enforce                 | routing.moode' names no setting                   | correct its name
					""")
	void saysWhatIsWrong(String property, String problem, String action) {
		this.runner.withPropertyValues(property).run((context) -> {
			assertThat(context).hasFailed();
			assertAnalysis(context.getStartupFailure(), problem, action);
		});
	}

	@Test
	void rulesMustLeadSomewhere() {
		String[] rule = { "costwise.policies.p.routing.rules[0].name=law",
				"costwise.policies.p.routing.rules[0].words=contract", "costwise.policies.p.routing.rules[0].to=deep" };
		this.runner.withPropertyValues(rule)
			.run((context) -> assertAnalysis(context.getStartupFailure(),
					"In 'costwise.policies.p.routing.rules': Routing rule law sends to \"deep\"", "[light]"));
		this.runner.withPropertyValues(rule)
			.withPropertyValues("costwise.routing.tiers.deep.level=premium",
					"costwise.routing.tiers.deep.targets[0].model=gpt-5",
					"costwise.routing.candidate.tiers.light.targets[0].model=gpt-5-nano")
			.run((context) -> assertAnalysis(context.getStartupFailure(),
					"With 'costwise.routing.candidate.tiers': In 'costwise.policies.p.routing.rules'", "[light]"));
	}

	@Test
	void policiesThatActNeedTiers() {
		this.bare.withPropertyValues("costwise.policies.p.routing.mode=enforce")
			.run((context) -> assertAnalysis(context.getStartupFailure(),
					"'costwise.policies.p.routing.mode' is 'enforce', but there are no tiers",
					"costwise.routing.tiers.light.targets[0].model"));
		this.bare.withPropertyValues("costwise.policies.p.fallback.enabled=true")
			.run((context) -> assertAnalysis(context.getStartupFailure(),
					"'costwise.policies.p.fallback' is on, but there are no tiers", "costwise.routing.tiers"));
		this.bare
			.withPropertyValues("costwise.policies.p.routing.mode=observe",
					"costwise.policies.p.fallback.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void targetsOfSeveralBeansMustNameTheirs() {
		this.runner.withBean("anthropic", ChatModel.class, () -> LoopbackModels.anthropic(this.provider))
			.run((context) -> assertAnalysis(context.getStartupFailure(), "does not say which ChatModel bean it uses",
					"anthropic"));
	}

	private static void assertAnalysis(Throwable failure, String problem, String action) {
		FailureAnalysis analysis = FailureAnalyses.of(failure);
		assertThat(analysis.getDescription()).contains(problem);
		assertThat(analysis.getAction()).contains(action);
	}

	@Test
	void weightsOfACalibrationAreUsed(@TempDir Path folder) throws IOException {
		RoutingModel shipped = RoutingModel.shipped();
		RoutingModel own = new RoutingModel("own", List.of("mine"), shipped.scale(), shipped.plain(), null);
		Path file = Files.writeString(folder.resolve("weights.txt"), own.write());
		this.runner.withPropertyValues("costwise.routing.weights=" + file.toUri())
			.run((context) -> assertThat(context.getBean(Rollout.class).now().stable().model().version())
				.isEqualTo("own"));
		this.runner.withPropertyValues("costwise.routing.candidate.weights=" + file.toUri()).run((context) -> {
			Rollout.RolloutState now = context.getBean(Rollout.class).now();
			assertThat(now.stable().model().version()).isEqualTo(shipped.version());
			assertThat(now.candidate()).isNotNull();
			assertThat(now.candidate().configuration().model().version()).isEqualTo("own");
			assertThat(now.candidate().terms()).isEqualTo(new Rollout.Terms(.1, false, 0, .05, 200));
		});
	}

}
