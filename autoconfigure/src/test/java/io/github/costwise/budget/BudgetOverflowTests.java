package io.github.costwise.budget;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.costwise.Attribution;
import io.github.costwise.BudgetExceededException;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.budget.Budget.BudgetNotices;
import io.github.costwise.budget.Budget.BudgetRules;
import io.github.costwise.budget.BudgetControls.Control;
import io.github.costwise.budget.memory.MemoryBudgetStore;
import io.github.costwise.spi.BudgetStore.OutputRange;
import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("unit")
class BudgetOverflowTests {

	private static final BudgetSubject CALL = new BudgetSubject(Attribution.NONE, "default", "openai", "p", null, null,
			false);

	private static final CallBound DOLLAR = new CallBound(0, 0, 1_000_000_000, 1_000_000_000, 0,
			new OutputRange(1, 1, 1, 1, true), 1, true);

	private int calls;

	private static Budget budget(String id, int dollars, BudgetRules rules) {
		return new Budget(id, BudgetAmount.parse(dollars + " USD"), new BudgetWindow.Total(), List.of(), Map.of(),
				Map.of(), rules);
	}

	private static BudgetRules overflow(@Nullable String id) {
		return new BudgetRules(true, BudgetNotices.NONE, List.of(), 90, 0, id);
	}

	private static Budgets budgets(Budget... budgets) {
		return new Budgets(List.of(budgets), new MemoryBudgetStore(), HoldSettings.DEFAULT, (event) -> {
		}, new Faults(), new FakeTime().time());
	}

	private List<String> spend(Budgets budgets) {
		BudgetTicket ticket = budgets.admit("call-" + ++this.calls, CALL, DOLLAR, budgets.counting(CALL), null);
		assertThat(ticket).isNotNull();
		ticket.settle(new UsedUp(1_000_000_000, TokenUsage.NONE, true));
		return ticket.counted().stream().map(Budget::id).toList();
	}

	@Test
	void twoBudgetsMayHaveOneOverflowWhichCountsACallOnce() {
		Budgets budgets = budgets(budget("tenant", 1, overflow("more")), budget("user", 1, overflow("more")),
				budget("more", 2, overflow(null)));
		assertThat(spend(budgets)).containsExactly("tenant", "user");
		assertThat(spend(budgets)).containsExactly("more");
		assertThat(spend(budgets)).containsExactly("more");
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> spend(budgets));
	}

	/** Who blocks or suspends it wants nothing to be spent of it. */
	@ParameterizedTest
	@EnumSource(names = { "BLOCKED", "SUSPENDED" })
	void overflowThatIsSwitchedOffIsNotTried(Control control) {
		Budgets budgets = budgets(budget("day", 1, overflow("more")), budget("more", 2, overflow(null)));
		spend(budgets);
		budgets.controls().set("more", control);
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> spend(budgets))
			.withMessageContaining("'day' is used up");
		budgets.controls().set("more", Control.AS_CONFIGURED);
		assertThat(spend(budgets)).containsExactly("more");
	}

	/** A budget that does nothing makes no answer less good. */
	@Test
	void budgetThatIsOnlyWatchedOrSuspendedDegradesNothing() {
		Budgets watched = budgets(
				budget("day", 1, new BudgetRules(false, BudgetNotices.NONE, List.of(50), 90, 0, null)));
		spend(watched);
		assertThat(watched.stepsDown(CALL)).isZero();
		Budgets suspended = budgets(
				budget("day", 1, new BudgetRules(true, BudgetNotices.NONE, List.of(50), 90, 0, null)));
		spend(suspended);
		assertThat(suspended.stepsDown(CALL)).isOne();
		suspended.controls().set("day", Control.SUSPENDED);
		assertThat(suspended.stepsDown(CALL)).isZero();
	}

}
