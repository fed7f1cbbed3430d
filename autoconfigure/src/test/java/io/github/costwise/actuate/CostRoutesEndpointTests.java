package io.github.costwise.actuate;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CostScope;
import io.github.costwise.NoRouteException;
import io.github.costwise.Tier;
import io.github.costwise.model.CallRecord;
import io.github.costwise.pipeline.CostTurn;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CostRoutesEndpoint} without a web server.
 */
@Timeout(60)
@Tag("chain")
class CostRoutesEndpointTests {

	private final LoopbackProvider provider = new LoopbackProvider().handler((request) -> Answer.text("yes"));

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("openAi", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withBean("anthropic", ChatModel.class, () -> LoopbackModels.anthropic(this.provider))
		.withPropertyValues("management.endpoints.web.exposure.include=costroutes",
				"costwise.chat.default-model=openAi", "costwise.routing.tiers.light.targets[0].model=gpt-5-nano",
				"costwise.routing.tiers.light.targets[0].name=nano",
				"costwise.routing.tiers.premium.targets[0].bean=anthropic",
				"costwise.routing.tiers.premium.targets[0].model=claude-opus-4-5",
				"costwise.routing.tiers.premium.targets[0].name=opus",
				"costwise.routing.tiers.premium.targets[0].context-window=200000",
				"costwise.routing.tiers.premium.targets[0].region=us", "costwise.policies.default.routing.mode=enforce",
				"costwise.policies.default.routing.rules[0].name=law",
				"costwise.policies.default.routing.rules[0].words=contract",
				"costwise.policies.default.routing.rules[0].to=premium",
				"costwise.policies.default.fallback.deadline=20s");

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void tellsWhatRequestsAreRoutedOver() {
		this.runner.run((context) -> {
			ask(context, Tier.AUTO, "What is the capital of France?");
			CostRoutesReport report = endpoint(context).report();
			assertThat(report.version()).matches("r[0-9a-f]{8}");
			assertThat(report.tiers()).extracting(RouteTierReport::name).containsExactly("light", "premium");
			RouteTierReport.TargetReport nano = report.tiers().get(0).targets().get(0);
			assertThat(nano.name()).isEqualTo("nano");
			assertThat(nano.contextWindowTokens()).isNull();
			assertThat(nano.capabilities()).containsExactly("tools", "streaming");
			assertThat(nano.price())
				.isEqualTo(new RouteTierReport.PriceReport("0.050000000", "0.005000000", "0.400000000"));
			assertThat(nano.health().state()).isEqualTo("available");
			assertThat(nano.health().recentCalls()).isOne();
			RouteTierReport.TargetReport opus = report.tiers().get(1).targets().get(0);
			assertThat(opus.bean()).isEqualTo("anthropic");
			assertThat(opus.contextWindowTokens()).isEqualTo(200_000);
			assertThat(opus.region()).isEqualTo("us");
			assertThat(opus.health().recentCalls()).isZero();
			assertThat(report.policies().get("default").rules())
				.containsExactly(new RoutePolicyReport.RuleReport("law", Map.of(), List.of("contract"), "premium"));
			assertThat(report.policies().get("default").fallback().deadlineMillis()).isEqualTo(20_000);
		});
	}

	@Test
	void tellsWhatWasDecidedAndWhy() {
		this.runner.run((context) -> {
			ask(context, Tier.AUTO, "What is the capital of France?");
			ask(context, Tier.AUTO, "What is the capital of Spain?");
			String last = ask(context, Tier.AUTO, "Is this contract valid?");
			CostRoutesReport report = endpoint(context).report();
			assertThat(report.choices()).containsExactly(
					new CostRoutesReport.ChoiceCount("default", "light", "nano", "score", true, 2),
					new CostRoutesReport.ChoiceCount("default", "premium", "opus", "rule", true, 1));
			assertThat(report.decisions()).hasSize(3);
			RouteDecisionReport rule = endpoint(context).decision(last);
			assertThat(rule).isEqualTo(report.decisions().get(0));
			assertThat(rule.rule()).isEqualTo("law");
			assertThat(rule.target()).isEqualTo("opus");
			assertThat(rule.alternatives()).isEmpty();
			assertThat(rule.rejections()).singleElement()
				.satisfies((rejected) -> assertThat(rejected.reason()).isEqualTo("tier"));
			RouteDecisionReport score = report.decisions().get(1);
			assertThat(score.score()).isNotNull();
			assertThat(score.score().lightProbability()).isBetween(.5, 1.);
			assertThat(score.alternatives()).containsExactly("opus");
			assertThat(endpoint(context).decision("unknown")).isNull();
			assertThat(report.toString()).doesNotContain("France").doesNotContain("valid?");
		});
	}

	@Test
	void tellsWhoTookOver() {
		this.provider
			.handler((request) -> request.model().equals("gpt-5-nano") ? Answer.error(503) : Answer.text("yes"));
		this.runner.run((context) -> {
			ask(context, Tier.LIGHT, "Hello");
			CostRoutesReport report = endpoint(context).report();
			assertThat(report.takeovers())
				.containsExactly(new CostRoutesReport.TakeoverCount("nano", "opus", "server-error", 1));
			assertThat(report.fallback()).isEqualTo(new CostRoutesReport.FallbackReport(1, 1, Map.of("nano", 1L)));
			assertThat(report.deployments()).extracting(CostRoutesReport.DeploymentRow::model)
				.containsExactly("claude-opus-4-5", "gpt-5-nano");
			assertThat(report.deployments().get(1).failures()).isOne();
			assertThat(report.deployments()).extracting(CostRoutesReport.DeploymentRow::id)
				.containsExactlyInAnyOrderElementsOf(
						CostwiseRunner.calls(context).stream().map(CallRecord::deployment).toList());
		});
	}

	@Test
	void tellsWhatNobodyCouldAnswer() {
		this.runner.withPropertyValues("costwise.policies.default.routing.regions=eu").run((context) -> {
			assertThatExceptionOfType(NoRouteException.class).isThrownBy(() -> ask(context, Tier.AUTO, "Hello"));
			assertThat(endpoint(context).report().refusals()).containsExactly(Map.entry("region", 1L));
		});
	}

	@Test
	void promotesAndGoesBack() {
		this.runner
			.withPropertyValues("costwise.routing.candidate.share=0.5",
					"costwise.routing.candidate.tiers.standard.targets[0].model=gpt-5-mini",
					"costwise.routing.candidate.tiers.premium.targets[0].model=gpt-5")
			.run((context) -> {
				CostRoutesEndpoint endpoint = endpoint(context);
				CostRoutesReport before = endpoint.report();
				CostRoutesReport.CandidateReport candidate = before.rollout().candidate();
				assertThat(candidate).isNotNull();
				assertThat(candidate.share()).isEqualTo(.5);
				assertThat(candidate.tiers()).extracting(RouteTierReport::name).containsExactly("standard", "premium");
				assertThat(endpoint.act("promote", null, null).to()).isEqualTo(candidate.version());
				assertThat(endpoint.report().version()).isEqualTo(candidate.version());
				assertThat(endpoint.report().rollout().candidate()).isNull();
				CostRoutesAction back = endpoint.act("rollback", null, null);
				assertThat(back.from()).isEqualTo(candidate.version());
				assertThat(endpoint.report().version()).isEqualTo(before.version());
				assertRefused(endpoint, "promote", null, null, "no candidate to promote");
				assertRefused(endpoint, "rollback", null, null, "nothing to go back to");
			});
	}

	@Test
	void countsWhatAShadowWouldHaveChanged() {
		this.runner
			.withPropertyValues("costwise.routing.candidate.shadow=true",
					"costwise.routing.candidate.tiers.standard.targets[0].model=gpt-5-mini",
					"costwise.routing.candidate.tiers.premium.targets[0].model=gpt-5")
			.run((context) -> {
				ask(context, Tier.AUTO, "Hello there, what is the capital of France?");
				assertThat(endpoint(context).report().rollout().shadow())
					.isEqualTo(new CostRoutesReport.RoutingShadow(1, 1));
				assertThat(this.provider.requests()).extracting((request) -> request.model())
					.containsExactly("gpt-5-nano");
			});
	}

	@Test
	void takesRatings() {
		this.runner.run((context) -> {
			CostRoutesEndpoint endpoint = endpoint(context);
			String turn = ask(context, Tier.AUTO, "Hello");
			assertThat(endpoint.report().rollout().stable()).isEqualTo(new CostRoutesReport.QualityReport(1, 1.));
			assertThat(endpoint.act("rate", turn, "false").done()).contains(turn);
			assertThat(endpoint.report().rollout().stable().ratings()).isEqualTo(2);
			assertThat(endpoint.report().rollout().stable().shareOfGood()).isBetween(.49, .51);
			assertRefused(endpoint, "rate", turn, "false", "rated before");
			assertRefused(endpoint, "rate", "nobody", "true", "not routed lately");
			assertRefused(endpoint, "rate", turn, "maybe", "true or false");
			assertRefused(endpoint, "rate", null, "true", "needs 'turn'");
		});
	}

	@Test
	void saysWhatCanBeDone() {
		this.runner.run((context) -> {
			assertRefused(endpoint(context), null, null, null, "'rollback', 'promote', 'rate' or 'calibrate'");
			assertRefused(endpoint(context), "explode", null, null, "but is 'explode'");
		});
	}

	private static void assertRefused(CostRoutesEndpoint endpoint, String action, String turn, String good,
			String reason) {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> endpoint.act(action, turn, good))
			.satisfies((ex) -> assertThat(ex.getReason()).contains(reason));
	}

	private static CostRoutesEndpoint endpoint(ApplicationContext context) {
		return context.getBean(CostRoutesEndpoint.class);
	}

	private static String ask(ApplicationContext context, Tier tier, String question) {
		return CostScope.builder().tier(tier).build().get(() -> {
			Object turn = context.getBean(ChatClient.Builder.class)
				.build()
				.prompt(question)
				.call()
				.chatClientResponse()
				.context()
				.get(CostTurn.CONTEXT_KEY);
			return ((CostTurn) turn).id();
		});
	}

}
