package io.github.costwise.budget;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.Attribution;
import io.github.costwise.Tier;
import io.github.costwise.budget.Budget.BudgetNotices;
import io.github.costwise.budget.Budget.BudgetRules;
import io.github.costwise.model.BudgetUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link Budget} and {@link BudgetDimension}.
 */
@Tag("unit")
class BudgetTests {

	private static final String[] VALUES = { "a", "b", "", "/", "a/b", "a%2Fb", "%", "%25", "%28a", "(a", "(", "%28",
			"%2528a", "(unowned)", "%28unowned)", "unowned", "a/", "/b", "a b", "\n" };

	private static BudgetSubject subject(@Nullable String tenant, @Nullable String user) {
		Attribution attribution = new Attribution("chat", tenant, user, Map.of("team", "red"));
		return new BudgetSubject(attribution, "default", "openai", "gpt", "fast", Tier.LIGHT, false);
	}

	private static Budget budget(List<String> per, Map<BudgetDimension, Set<String>> only) {
		return new Budget("b", new BudgetAmount(10, BudgetUnit.CALLS), new BudgetWindow.Total(),
				per.stream().map(BudgetDimension::parse).toList(), only, Map.of(), BudgetRules.DEFAULT);
	}

	@Test
	void noTwoOwnersShareAnAccount() {
		Budget one = budget(List.of("user"), Map.of());
		Budget two = budget(List.of("tenant", "user"), Map.of());
		Map<String, String> ofOne = new HashMap<>();
		Map<String, String> ofTwo = new HashMap<>();
		for (int i = -1; i < VALUES.length; i++) {
			String user = (i < 0) ? null : VALUES[i];
			assertThat(ofOne.put(one.account(subject(null, user)).owner(), "" + i)).as(user).isNull();
			for (int j = -1; j < VALUES.length; j++) {
				String tenant = (j < 0) ? null : VALUES[j];
				assertThat(ofTwo.put(two.account(subject(tenant, user)).owner(), "")).as("%s %s", tenant, user)
					.isNull();
			}
		}
	}

	@Test
	void ownersAreReadable() {
		assertThat(budget(List.of(), Map.of()).account(subject("t", "u"))).hasToString("b");
		assertThat(budget(List.of("user"), Map.of()).account(subject("t", "a/b c"))).hasToString("b[a/b c]");
		assertThat(budget(List.of("tenant", "user"), Map.of()).account(subject("t", null)))
			.hasToString("b[t/(unowned)]");
	}

	@Test
	void everyDimensionHasItsValue() {
		assertThat(owner("tenant")).isEqualTo("t");
		assertThat(owner("user")).isEqualTo("u");
		assertThat(owner("feature")).isEqualTo("chat");
		assertThat(owner("policy")).isEqualTo("default");
		assertThat(owner("provider")).isEqualTo("openai");
		assertThat(owner(" MODEL ")).isEqualTo("gpt");
		assertThat(owner("target")).isEqualTo("fast");
		assertThat(owner("tier")).isEqualTo("LIGHT");
		assertThat(owner("tag:team")).isEqualTo("red");
		assertThat(owner("tag:city")).isEqualTo("(unowned)");
	}

	private static String owner(String dimension) {
		return budget(List.of(dimension), Map.of()).account(subject("t", "u")).owner();
	}

	@Test
	void whatIsNoDimensionIsRefused() {
		for (String text : List.of("customer", "", "tag:", "tag")) {
			assertThatIllegalArgumentException().isThrownBy(() -> BudgetDimension.parse(text))
				.withMessageContaining("tag:<name>");
		}
	}

	@Test
	void callsThatLackAValueAreNotCounted() {
		Budget red = budget(List.of(), Map.of(BudgetDimension.parse("tag:team"), Set.of("red", "blue"),
				BudgetDimension.parse("tenant"), Set.of("t")));
		assertThat(red.concerns(subject("t", "u"))).isTrue();
		assertThat(red.concerns(subject("other", "u"))).isFalse();
		assertThat(red.concerns(subject(null, "u"))).isFalse();
	}

	@Test
	void budgetsOfTargetsAreKnown() {
		assertThat(budget(List.of("user"), Map.of()).isOfTargets()).isFalse();
		assertThat(budget(List.of("tier"), Map.of()).isOfTargets()).isFalse();
		assertThat(budget(List.of("user", "target"), Map.of()).isOfTargets()).isTrue();
		assertThat(budget(List.of(), Map.of(BudgetDimension.parse("model"), Set.of("gpt"))).isOfTargets()).isTrue();
	}

	@Test
	void overridesCountTheSame() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Budget("b", BudgetAmount.parse("1 USD"), new BudgetWindow.Total(), List.of(),
					Map.of(), Map.of("ann", BudgetAmount.parse("1 call")), BudgetRules.DEFAULT));
	}

	@Test
	void percentsHaveARange() {
		assertThat(new BudgetNotices(List.of(100, 50), false, null).at()).containsExactly(50, 100);
		for (int percent : new int[] { 0, -1, 1001 }) {
			assertThatIllegalArgumentException().isThrownBy(() -> new BudgetNotices(List.of(percent), false, null));
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new BudgetRules(true, BudgetNotices.NONE, List.of(101), 90, 0, null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new BudgetRules(true, BudgetNotices.NONE, List.of(), 101, 0, null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new BudgetRules(true, BudgetNotices.NONE, List.of(), 90, -1, null));
	}

}
