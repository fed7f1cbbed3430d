package io.github.costwise.budget.jdbc;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.testsupport.TestDatabase;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests several instances of {@link JdbcBudgetStore} over one H2 file.
 */
@Tag("chain")
class SharedJdbcBudgetsH2Tests extends JdbcBudgetTroubleContract {

	SharedJdbcBudgetsH2Tests(@TempDir Path folder) {
		super(TestDatabase.h2(folder));
	}

	@Test
	void tablesThatExistNeedNoRightToMakeAny() {
		begin();
		this.database.execute("create user guest password 'secret'");
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(this::openAsGuest)
			.withMessageContaining("will not pass by itself");
		this.database.execute("grant select on costwise_schema to guest");
		this.database.execute("grant select, insert, update, delete on costwise_budget_account, costwise_budget_hold, "
				+ "costwise_budget_once, costwise_budget_change, costwise_budget_room to guest");
		assertThat(reserve(openAsGuest(), "a", demand(ALL, BudgetSpan.TOTAL, 10, 1)))
			.isInstanceOf(Admission.Admitted.class);
	}

	private JdbcBudgetStore openAsGuest() {
		return open(this.database.as("guest", "secret"), settings(2, true), TestTimes.real());
	}

}
