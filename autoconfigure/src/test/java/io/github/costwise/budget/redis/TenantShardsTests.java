package io.github.costwise.budget.redis;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.Budget.BudgetRules;
import io.github.costwise.budget.BudgetAmount;
import io.github.costwise.budget.BudgetDimension;
import io.github.costwise.budget.BudgetWindow;
import io.github.costwise.model.BudgetAccount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests {@link TenantShards}.
 */
@Tag("unit")
class TenantShardsTests {

	private static Budget budget(String id, Map<BudgetDimension, Set<String>> only, String... per) {
		return new Budget(id, BudgetAmount.parse("1 USD"), new BudgetWindow.Total(),
				Stream.of(per).map(BudgetDimension::parse).toList(), only, Map.of(), BudgetRules.DEFAULT);
	}

	@Test
	void accountsOfATenantLieTogether() {
		Budget own = budget("own", Map.of(), "tenant");
		Budget user = budget("user", Map.of(), "feature", "tenant", "user");
		Budget one = budget("one", Map.of(BudgetDimension.parse("tenant"), Set.of("a/b")), "user");
		TenantShards shards = TenantShards.of(List.of(own, user, one));
		assertThat(shards.apply(new BudgetAccount("own", "a/b"))).isEqualTo("a/b");
		assertThat(shards.apply(new BudgetAccount("user", "chat/a%2Fb/ann"))).isEqualTo("a/b");
		assertThat(shards.apply(new BudgetAccount("one", "ann"))).isEqualTo("a/b");
		assertThat(shards.apply(new BudgetAccount("own", "%25x"))).isEqualTo("%x");
		assertThat(shards.apply(new BudgetAccount("user", "chat/%25x/ann"))).isEqualTo("%x");
		assertThat(shards.apply(new BudgetAccount("own", "%28x"))).isEqualTo("(x");
		assertThat(shards.apply(new BudgetAccount("user", "chat/%28x/ann"))).isEqualTo("(x");
		assertThat(shards.apply(new BudgetAccount("unknown", "x"))).isEmpty();
	}

	@Test
	void budgetsOfSeveralTenantsAreRefused() {
		Budget all = budget("all", Map.of());
		Budget two = budget("two", Map.of(BudgetDimension.parse("tenant"), Set.of("a", "b")), "user");
		for (Budget wrong : List.of(all, two)) {
			assertThatExceptionOfType(CostwiseConfigurationException.class)
				.isThrownBy(() -> TenantShards.of(List.of(wrong)))
				.withMessageContaining("'" + wrong.id() + "'")
				.withMessageContaining("shard-by");
		}
	}

}
