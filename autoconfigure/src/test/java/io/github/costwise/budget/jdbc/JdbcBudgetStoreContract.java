package io.github.costwise.budget.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.jdbc.SchemaMode;
import io.github.costwise.spi.BudgetStore;
import io.github.costwise.spi.BudgetStoreContract;
import io.github.costwise.testsupport.TestDatabase;

/**
 * The contract of all stores, on a database whose tables are emptied before each test.
 * What time it is says the test.
 */
abstract class JdbcBudgetStoreContract extends BudgetStoreContract {

	private final List<JdbcBudgetStore> stores = new ArrayList<>();

	private final Background background = new Background(new Faults());

	private final TestDatabase database;

	JdbcBudgetStoreContract(TestDatabase database) {
		this.database = database;
	}

	@Override
	protected BudgetStore create() {
		DataSource dataSource = this.database.create();
		JdbcBudgetStore store = new JdbcBudgetStore(dataSource, settings(), this.background.time(), this.background,
				StoreClock.CALLER);
		this.stores.add(store);
		if (!store.restore(List.of())) {
			this.database.execute("delete from costwise_budget_account");
			store.restore(List.of());
		}
		return store;
	}

	private static JdbcBudgetSettings settings() {
		return new JdbcBudgetSettings(4, true, Duration.ofSeconds(30), Duration.ofSeconds(30), SchemaMode.ALWAYS);
	}

	@AfterEach
	void close() {
		this.stores.forEach(JdbcBudgetStore::close);
		this.database.drop();
	}

}
