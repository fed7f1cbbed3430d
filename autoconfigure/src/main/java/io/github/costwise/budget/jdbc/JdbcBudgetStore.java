package io.github.costwise.budget.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.background.Background;
import io.github.costwise.background.Team;
import io.github.costwise.budget.jdbc.BudgetTransaction.LockedRows;
import io.github.costwise.faults.Faults;
import io.github.costwise.jdbc.SqlErrors;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.SharedBudgetStore;
import io.github.costwise.text.ShortText;
import io.github.costwise.time.Time;

/**
 * Keeps budgets in a database that instances share: H2, PostgreSQL or MariaDB. Each
 * operation is one short transaction of its own, which never joins one of the caller:
 * what is booked stays booked when the caller rolls back. An account is a row, and so is
 * a hold; whoever changes accounts has locked their rows in the order of their ids. What
 * time it is says the database.
 * <p>
 * It has connections of its own, few at a time. A data source that makes a new connection
 * each time lets it keep them, so that callers who hold all connections of the
 * application's pool cannot keep it waiting. Where it is given that pool, a connection is
 * waited for as long as is set, then the call fails.
 * <p>
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class JdbcBudgetStore implements SharedBudgetStore, AutoCloseable {

	private static final int MOST_ROWS = 10_000;

	private static final Comparator<BudgetState> ORDER = Comparator.comparingInt(BudgetState::percent)
		.reversed()
		.thenComparing((state) -> state.account().owner());

	private final BudgetDatabase database;

	private final HoldOperations operations;

	private final BudgetTick tick;

	private final SharedNotes notes;

	private final RoomWatch room;

	private final StoreClock clock;

	private final Time time;

	JdbcBudgetStore(DataSource dataSource, JdbcBudgetSettings settings, Time time, Background background,
			StoreClock clock) {
		Team team = background.team("budgets", Faults.Kind.BUDGET);
		this.database = new BudgetDatabase(dataSource, settings, time, team);
		this.operations = new HoldOperations(clock);
		this.tick = new BudgetTick(this.database, this.operations, clock);
		this.notes = new SharedNotes(this.database, clock);
		this.room = new RoomWatch(this.database, time.timers(), team, background.faults());
		this.clock = clock;
		this.time = time;
	}

	/**
	 * Opens the store. When the database cannot be reached, that is reported, and tried
	 * again with each operation.
	 * @param dataSource where the tables are
	 * @param settings how to use it
	 * @param time waits, and tells what time callers take it to be
	 * @param background opens connections and looks for room
	 * @return the store
	 * @throws CostwiseConfigurationException if the database is of another kind, its
	 * tables do not fit, or it refuses the user
	 */
	public static JdbcBudgetStore open(DataSource dataSource, JdbcBudgetSettings settings, Time time,
			Background background) {
		JdbcBudgetStore store = new JdbcBudgetStore(dataSource, settings, time, background, StoreClock.SERVER);
		try {
			store.database.prepare();
		}
		catch (SQLException ex) {
			refusePermanent(ex);
			background.faults().report(Faults.Kind.BUDGET, "The database of budgets cannot be reached", ex);
		}
		return store;
	}

	private static void refusePermanent(SQLException cause) {
		String state = SqlErrors.permanentState(cause);
		if (state != null) {
			throw new CostwiseConfigurationException(
					"The database of budgets refuses them, which will not pass by itself (SQLState " + state + "): "
							+ ShortText.ofLine(String.valueOf(cause.getMessage()), 500) + ".",
					"Check the login, and let the user select, insert, update and delete in the tables whose names "
							+ "begin with costwise_budget_, select in costwise_schema, and create tables where they "
							+ "do not exist yet.",
					cause);
		}
	}

	@Override
	public Admission reserve(Reservation reservation) {
		return this.database.run("hold what a call may cost",
				(transaction) -> this.operations.reserve(transaction, reservation));
	}

	@Override
	public List<Settled> settle(String id, Instant at, List<Spend> spends) {
		Set<String> others = new HashSet<>();
		return this.database.run("book what a call used",
				(transaction) -> this.operations.settle(transaction, id, at, spends, others));
	}

	@Override
	public void release(String id) {
		this.database.run("release what a call held", (transaction) -> this.operations.release(transaction, id));
	}

	@Override
	public void extend(Collection<String> ids, Instant until) {
		this.tick.extend(ids, until, this.time);
	}

	@Override
	public List<String> expire(Instant now) {
		return this.tick.expire(now);
	}

	@Override
	public BudgetState adjust(BudgetAccount account, BudgetSpan span, Instant now, long limit, long spent) {
		WantedAccounts wanted = new WantedAccounts();
		wanted.add(account, span);
		return this.database.runOnce("change a budget", (transaction) -> {
			LockedRows locked = this.operations.lock(transaction, wanted, "", now);
			StoredAccount stored = locked.account(StoredAccount.key(account));
			stored.conform(span);
			BudgetState state = stored.adjust(span, this.clock.now(now, locked.now()), limit, spent);
			transaction.update(List.of(stored));
			transaction.change(RoomWatch.NOTE);
			return state;
		});
	}

	@Override
	public List<BudgetState> states(String budget, Instant now, int most) {
		List<BudgetState> states = this.database.run("list budgets", (transaction) -> transaction.accounts(budget,
				MOST_ROWS, (account, server) -> account.present(this.clock.now(now, server))));
		List<BudgetState> sorted = new ArrayList<>(states);
		sorted.sort(ORDER);
		return List.copyOf(sorted.subList(0, Math.min(most, sorted.size())));
	}

	@Override
	public @Nullable BudgetState state(BudgetAccount account, BudgetSpan span, Instant now) {
		List<BudgetState> states = this.database.run("look at a budget", (transaction) -> transaction.account(account,
				span, (stored, server) -> stored.state(span, this.clock.now(now, server))));
		return states.isEmpty() ? null : states.get(0);
	}

	@Override
	public boolean restore(List<Restored> spends) {
		return this.database.run("restore budgets", (transaction) -> BudgetRestore.restore(transaction, spends));
	}

	@Override
	public boolean isFirst(String what, Instant until) {
		return this.notes.isFirst(what, until, this.time);
	}

	@Override
	public void remember(String change) {
		this.notes.remember(change);
	}

	@Override
	public List<String> remembered(int from) {
		return this.notes.remembered(from);
	}

	@Override
	public AutoCloseable onRoom(Runnable room) {
		return this.room.add(room);
	}

	/** Closes its connections; what is done afterwards fails. */
	@Override
	public void close() {
		this.room.close();
		this.database.close();
	}

}
