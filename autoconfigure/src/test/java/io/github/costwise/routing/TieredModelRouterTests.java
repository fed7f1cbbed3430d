package io.github.costwise.routing;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.Money;
import io.github.costwise.NoRouteException;
import io.github.costwise.Rejection;
import io.github.costwise.Rejection.RejectionReason;
import io.github.costwise.Tier;
import io.github.costwise.model.Capability;
import io.github.costwise.model.RequestNeeds;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RouteTarget.Abilities;
import io.github.costwise.model.RoutedConversation;
import io.github.costwise.model.RoutingCause;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.RoutingRequest;
import io.github.costwise.model.RoutingRequest.Context;
import io.github.costwise.model.TargetPrice;
import io.github.costwise.spi.ModelRouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("unit")
class TieredModelRouterTests {

	private static final String EASY = "Hi there";

	private static final String MEDIUM = "word ".repeat(30);

	private static final String HARD = "word ".repeat(400);

	private static final RouteTarget SMALL = RouteTarget.of("openai", "small", Tier.LIGHT)
		.named("small")
		.with(new Abilities(Set.of(Capability.STREAMING), 8_000, 1_000))
		.in("eu")
		.at(new TargetPrice(100_000_000, 50_000_000, 400_000_000));

	private static final RouteTarget OTHER = RouteTarget.of("anthropic", "other", Tier.LIGHT)
		.named("other")
		.with(new Abilities(Set.of(Capability.STREAMING, Capability.TOOLS), 16_000, 4_000))
		.in("us")
		.at(new TargetPrice(150_000_000, 50_000_000, 500_000_000));

	private static final RouteTarget MIDDLE = RouteTarget.of("openai", "middle", Tier.STANDARD)
		.named("middle")
		.with(new Abilities(Set.of(Capability.TOOLS, Capability.VISION), 128_000, 8_000))
		.in("eu")
		.at(new TargetPrice(1_000_000_000, 100_000_000, 4_000_000_000L));

	private static final RouteTarget LARGE = RouteTarget.of("anthropic", "large", Tier.PREMIUM)
		.named("large")
		.with(new Abilities(Set.of(Capability.values()), 200_000, 32_000))
		.in("us");

	private final RoutingTable table = RoutingTable.of(List.of(LARGE, SMALL, OTHER, MIDDLE));

	private final ModelRouter router = router(List.of());

	@Test
	void sendsToTheCheapestTierThatIsGoodEnough() {
		assertThat(route(EASY).target()).isEqualTo(SMALL);
		assertThat(route(MEDIUM).target()).isEqualTo(MIDDLE);
		assertThat(route(HARD).target()).isEqualTo(LARGE);
		assertThat(route(HARD).reason().cause()).isEqualTo(RoutingCause.SCORE);
	}

	@Test
	void explainsItself() {
		RoutingDecision decision = route(MEDIUM);
		assertThat(decision.tier()).isEqualTo("standard");
		assertThat(decision.reason().score()).isNotNull();
		assertThat(decision.alternatives()).containsExactly(LARGE);
		assertThat(decision.rejections()).extracting(Rejection::target, Rejection::reason)
			.containsExactly(tuple("small", RejectionReason.TIER), tuple("other", RejectionReason.TIER));
	}

	@Test
	void nothingToScoreByGoesToTheMiddle() {
		for (String text : List.of("", "  ", "?!", "\ud83d\udc4d", "\u4f60\u597d\uff0c\u8bf7\u95ee")) {
			assertThat(route(text).reason().cause()).as(text).isEqualTo(RoutingCause.NO_SIGNAL);
			assertThat(route(text).target()).isEqualTo(MIDDLE);
		}
	}

	@Test
	void pinsComeBeforeRulesAndRulesBeforeTheScore() {
		ModelRouter ruled = router(
				List.of(new RoutingRule("legal", Map.of("feature", "contracts"), Set.of(), "premium"),
						new RoutingRule("words", Map.of(), Set.of("urgent"), "other")));
		Context contracts = Context.none().with(Map.of("feature", "contracts", "tenant", "a"));
		assertThat(ruled.route(request(EASY).with(contracts)).target()).isEqualTo(LARGE);
		assertThat(ruled.route(request(EASY).with(contracts)).reason().rule()).isEqualTo("legal");
		assertThat(ruled.route(request("An URGENT thing")).target()).isEqualTo(OTHER);
		assertThat(ruled.route(request("An urgently thing")).target()).isEqualTo(SMALL);
		assertThat(ruled.route(request(HARD).with(contracts.pinnedTo(Tier.LIGHT))).target()).isEqualTo(SMALL);
		assertThat(ruled.route(request(HARD).with(contracts.pinnedTo("other"))).reason().cause())
			.isEqualTo(RoutingCause.PINNED);
	}

	@Test
	void movesUpWhenACapabilityIsMissing() {
		assertThat(route(EASY, RequestNeeds.none().needing(Capability.TOOLS)).target()).isEqualTo(OTHER);
		assertThat(route(EASY, RequestNeeds.none().needing(Capability.VISION)).target()).isEqualTo(MIDDLE);
		assertThat(route(EASY, RequestNeeds.none().needing(Capability.STRUCTURED_OUTPUT)).target()).isEqualTo(LARGE);
		assertThat(route(EASY, RequestNeeds.none().without(Set.of("small", "other"))).target()).isEqualTo(MIDDLE);
		assertThat(route(EASY, RequestNeeds.none().within(Set.of("us"))).target()).isEqualTo(OTHER);
	}

	@Test
	void leavesRoomForTheAnswer() {
		assertThat(route(EASY, sized(6_600, 1_000, 0)).target()).isEqualTo(SMALL);
		assertThat(route(EASY, sized(6_601, 1_000, 0)).target()).isEqualTo(OTHER);
		assertThat(route(EASY, sized(10, 0, 1_001)).target()).isEqualTo(OTHER);
		assertThat(route(EASY, sized(125_000, 0, 0)).target()).isEqualTo(LARGE);
	}

	@Test
	void keepsToABoundOfCost() {
		RequestNeeds bounded = sized(1_000, 100, 0).upTo(Money.ofNanos(140_000));
		assertThat(route(EASY, bounded).target()).isEqualTo(SMALL);
		assertThatExceptionOfType(NoRouteException.class).isThrownBy(() -> route(HARD, bounded))
			.withMessageContaining("large has no known price");
	}

	@Test
	void saysWhatIsMissing() {
		assertThatExceptionOfType(NoRouteException.class)
			.isThrownBy(() -> route(EASY, sized(300_000, 0, 0).needing(Capability.VISION)))
			.withMessageContaining("small lacks [VISION]")
			.withMessageContaining("middle holds 128000 tokens")
			.satisfies((ex) -> assertThat(ex.rejections()).hasSize(4));
	}

	@Test
	void conversationsMoveUpAtOnceAndDownAfterAWhile() {
		RoutedConversation talk = route(HARD).reason().conversation();
		RoutingDecision second = route(EASY, talk);
		assertThat(second.target()).isEqualTo(LARGE);
		assertThat(second.reason().cause()).isEqualTo(RoutingCause.MOMENTUM);
		RoutingDecision third = route(EASY, second.reason().conversation());
		assertThat(third.target()).isEqualTo(LARGE);
		RoutingDecision fourth = route(EASY, third.reason().conversation());
		assertThat(fourth.target()).isEqualTo(SMALL);
		RoutingDecision fifth = route(HARD, fourth.reason().conversation());
		assertThat(fifth.target()).isEqualTo(LARGE);
		assertThat(fifth.reason().conversation().quietTurns()).isZero();
	}

	@Test
	void conversationsStayWhereTheyAreWithoutASignal() {
		RoutedConversation talk = route(EASY).reason().conversation();
		assertThat(route("\ud83d\udc4d", talk).target()).isEqualTo(SMALL);
	}

	@Test
	void anImageDoesNotHoldTheConversationUp() {
		RoutingDecision image = route(EASY, RequestNeeds.none().needing(Capability.VISION));
		assertThat(image.target()).isEqualTo(MIDDLE);
		assertThat(route(EASY, image.reason().conversation()).target()).isEqualTo(SMALL);
	}

	@Test
	void aWarmPromptCacheMayBeWorthMoreThanACheaperTier() {
		RoutedConversation quiet = new RoutedConversation("standard", "middle", 2, 0);
		RequestNeeds needs = sized(5_000, 10, 0);
		RoutingRequest request = request(EASY).with(needs);
		assertThat(this.router.route(request.with(Context.none().in(quiet))).target()).isEqualTo(SMALL);
		assertThat(this.router.route(request.with(Context.none().in(quiet.warm(4_900)))).target()).isEqualTo(SMALL);
		ModelRouter priced = new TieredModelRouter(
				RoutingTable.of(List.of(SMALL.at(new TargetPrice(200_000_000, 200_000_000, 400_000_000)), MIDDLE)),
				TestModels.length(), List.of(), RoutingSettings.defaults());
		RoutingDecision warm = priced.route(request.with(Context.none().in(quiet.warm(4_900))));
		assertThat(warm.target()).isEqualTo(MIDDLE);
		assertThat(warm.reason().cause()).isEqualTo(RoutingCause.WARM_PROMPT_CACHE);
	}

	@Test
	void tiersOfTheUserStandBetweenTheLevels() {
		RouteTarget nano = SMALL.named("nano");
		RoutingTable table = new RoutingTable(List.of(new RouteTier("nano", Tier.LIGHT, List.of(nano)),
				new RouteTier("mini", Tier.LIGHT, List.of(OTHER)), new RouteTier("max", Tier.PREMIUM, List.of(LARGE))));
		ModelRouter router = new TieredModelRouter(table, TestModels.length(), List.of(), RoutingSettings.defaults());
		assertThat(router.route(request(EASY)).tier()).isEqualTo("nano");
		assertThat(router.route(request(EASY).with(RequestNeeds.none().needing(Capability.TOOLS))).tier())
			.isEqualTo("mini");
		assertThat(router.route(request(MEDIUM)).tier()).isEqualTo("max");
	}

	@Test
	void refusesTablesAndRulesThatMakeNoSense() {
		assertThatIllegalArgumentException().isThrownBy(() -> RoutingTable.of(List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> RoutingTable.of(List.of(SMALL, SMALL)));
		assertThatIllegalArgumentException().isThrownBy(() -> new RoutingTable(List
			.of(new RouteTier("a", Tier.PREMIUM, List.of(LARGE)), new RouteTier("b", Tier.LIGHT, List.of(SMALL)))));
		assertThatIllegalArgumentException().isThrownBy(() -> new RouteTier("a", Tier.PREMIUM, List.of(SMALL)));
		assertThatIllegalArgumentException().isThrownBy(() -> RouteTarget.of("a", "b", Tier.AUTO));
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> router(List.of(new RoutingRule("x", Map.of(), Set.of("y"), "mediocre"))))
			.withMessageContaining("mediocre");
	}

	private ModelRouter router(List<RoutingRule> rules) {
		return new TieredModelRouter(this.table, TestModels.length(), rules, RoutingSettings.defaults());
	}

	private RoutingDecision route(String text) {
		return this.router.route(request(text));
	}

	private RoutingDecision route(String text, RequestNeeds needs) {
		return this.router.route(request(text).with(needs));
	}

	private RoutingDecision route(String text, RoutedConversation conversation) {
		return this.router.route(request(text).with(Context.none().in(conversation)));
	}

	private static RoutingRequest request(String text) {
		return RoutingRequest.of(text, null);
	}

	private static RequestNeeds sized(int prompt, int reserved, int least) {
		return RequestNeeds.none().sized(new RequestNeeds.TokenNeeds(prompt, reserved, least));
	}

	private static org.assertj.core.groups.Tuple tuple(Object... values) {
		return org.assertj.core.groups.Tuple.tuple(values);
	}

}
