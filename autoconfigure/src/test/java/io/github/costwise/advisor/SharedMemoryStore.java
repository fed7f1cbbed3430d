package io.github.costwise.advisor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.costwise.budget.memory.MemoryBudgetStore;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore;
import io.github.costwise.spi.SharedBudgetStore;

/**
 * A store that several applications of a test share, and that may fail or lose all that
 * it keeps. It begins empty, like a new server. Thread-safe.
 */
final class SharedMemoryStore implements SharedBudgetStore {

	private final Set<String> done = ConcurrentHashMap.newKeySet();

	private final List<String> changes = new CopyOnWriteArrayList<>();

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final AtomicInteger asked = new AtomicInteger();

	private volatile BudgetStore store = new MemoryBudgetStore();

	private volatile boolean lost = true;

	private volatile boolean away;

	void lose() {
		this.store = new MemoryBudgetStore();
		this.changes.clear();
		this.done.clear();
		this.lost = true;
	}

	/** How often it was asked for one account. */
	int asked() {
		return this.asked.get();
	}

	void goesAway() {
		this.away = true;
	}

	void comesBack() {
		this.away = false;
	}

	private <T> T there(Supplier<T> work) {
		if (this.away) {
			throw new IllegalStateException("The store is away");
		}
		return work.get();
	}

	private <T> T kept(Supplier<T> work) {
		return there(() -> {
			if (this.lost) {
				throw new BudgetStateLostException("The store is empty");
			}
			return work.get();
		});
	}

	private void room() {
		this.listeners.forEach(Runnable::run);
	}

	@Override
	public Admission reserve(Reservation reservation) {
		return kept(() -> this.store.reserve(reservation));
	}

	@Override
	public List<Settled> settle(String id, Instant at, List<Spend> spends) {
		List<Settled> settled = kept(() -> this.store.settle(id, at, spends));
		room();
		return settled;
	}

	@Override
	public void release(String id) {
		there(() -> {
			this.store.release(id);
			return id;
		});
		room();
	}

	@Override
	public void extend(Collection<String> ids, Instant until) {
		there(() -> {
			this.store.extend(ids, until);
			return until;
		});
	}

	@Override
	public List<String> expire(Instant now) {
		return there(() -> this.store.expire(now));
	}

	@Override
	public BudgetState adjust(BudgetAccount account, BudgetSpan span, Instant now, long limit, long spent) {
		BudgetState state = kept(() -> this.store.adjust(account, span, now, limit, spent));
		room();
		return state;
	}

	@Override
	public List<BudgetState> states(String budget, Instant now, int most) {
		return there(() -> this.store.states(budget, now, most));
	}

	@Override
	public BudgetState state(BudgetAccount account, BudgetSpan span, Instant now) {
		this.asked.incrementAndGet();
		return there(() -> this.store.state(account, span, now));
	}

	@Override
	public synchronized boolean restore(List<Restored> spends) {
		return there(() -> {
			if (!this.lost) {
				return false;
			}
			int number = 0;
			for (Restored one : spends) {
				this.store.settle("restored-" + number++, one.at(), List.of(one.spend()));
			}
			this.lost = false;
			return true;
		});
	}

	@Override
	public boolean isFirst(String what, Instant until) {
		return there(() -> this.done.add(what));
	}

	@Override
	public void remember(String change) {
		this.changes.add(change);
	}

	@Override
	public List<String> remembered(int from) {
		return new ArrayList<>(this.changes).subList(from, this.changes.size());
	}

	@Override
	public AutoCloseable onRoom(Runnable room) {
		this.listeners.add(room);
		return () -> this.listeners.remove(room);
	}

}
