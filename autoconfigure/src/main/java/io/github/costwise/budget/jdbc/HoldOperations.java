package io.github.costwise.budget.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.budget.account.AdmissionCheck;
import io.github.costwise.budget.account.AccountHold;
import io.github.costwise.budget.account.AccountHold.HoldStage;
import io.github.costwise.budget.jdbc.BudgetTransaction.LockedRows;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.spi.BudgetStore.Settled;
import io.github.costwise.spi.BudgetStore.Spend;

/**
 * What is done to holds and their accounts in one transaction: lock the accounts, look,
 * write. A hold is written only if it is as it was read; else all is done once more.
 * Thread-safe.
 */
final class HoldOperations {

	private final StoreClock clock;

	HoldOperations(StoreClock clock) {
		this.clock = clock;
	}

	/** Holds what a call may cost. */
	Admission reserve(BudgetTransaction transaction, Reservation reservation) throws SQLException {
		WantedAccounts wanted = new WantedAccounts();
		reservation.demands().forEach((demand) -> wanted.add(demand.account(), demand.span()));
		String key = StoredHoldRow.key(reservation.id());
		if (wanted.keys().isEmpty()) {
			return new Admission.Admitted(reservation.output().most(), List.of());
		}
		LockedRows locked = lock(transaction, wanted, key, reservation.at());
		if (locked.hold() != null) {
			return new Admission.Admitted(locked.hold().stored().outputCap(), List.of());
		}
		Instant now = this.clock.now(reservation.at(), locked.now());
		for (Demand demand : reservation.demands()) {
			if (isOutside(demand.span(), now)) {
				return new Admission.Stale(now);
			}
		}
		return admit(transaction, at(reservation, now), wanted, locked);
	}

	private static boolean isOutside(BudgetSpan span, Instant now) {
		return now.isBefore(span.from()) || !now.isBefore(span.until());
	}

	private static Reservation at(Reservation reservation, Instant now) {
		Duration life = Duration.between(reservation.at(), reservation.expires());
		return new Reservation(reservation.id(), now, now.plus(life), reservation.output(), reservation.demands(),
				reservation.within());
	}

	private static Admission admit(BudgetTransaction transaction, Reservation reservation, WantedAccounts wanted,
			LockedRows locked) throws SQLException {
		StoredHoldRow around = around(transaction, reservation.within());
		AccountHold<StoredAccount> within = (around != null) ? hold(around, locked, null) : null;
		StoredAccount[] accounts = accounts(locked, wanted.named());
		boolean familiar = true;
		for (int i = 0; i < accounts.length; i++) {
			Demand demand = reservation.demands().get(i);
			accounts[i].conform(demand.span());
			familiar &= accounts[i].allows(demand);
		}
		AdmissionCheck<StoredAccount> check = new AdmissionCheck<>(reservation, accounts, within);
		Admission.Denied refused = check.refused();
		if (refused != null) {
			transaction.update(familiar ? List.of() : List.of(accounts));
			return refused;
		}
		AccountHold<StoredAccount> hold = check.hold();
		hold.begin();
		write(transaction, around, within, reservation.at());
		require(transaction.write(HoldChange.of(StoredHoldRow.key(reservation.id()), null,
				(around != null) ? around.key() : null, hold.stored(StoredAccount::key), reservation.at()),
				List.of(accounts)));
		return new Admission.Admitted(hold.outputCap(), check.watched());
	}

	/** The hold that is drawn on, while it lives. */
	private static @Nullable StoredHoldRow around(BudgetTransaction transaction, @Nullable String id)
			throws SQLException {
		StoredHoldRow row = (id != null) ? transaction.hold(StoredHoldRow.key(id)) : null;
		return (row != null && row.stored().stage() == HoldStage.HELD) ? row : null;
	}

	private static AccountHold<StoredAccount> hold(StoredHoldRow row, LockedRows locked,
			@Nullable AccountHold<StoredAccount> within) {
		return AccountHold.read(row.stored(), accounts(locked, AccountHold.keys(row.stored())), within);
	}

	private static StoredAccount[] accounts(LockedRows locked, List<String> keys) {
		return keys.stream().map(locked::account).toArray(StoredAccount[]::new);
	}

	private static void write(BudgetTransaction transaction, @Nullable StoredHoldRow row,
			@Nullable AccountHold<StoredAccount> hold, Instant now) throws SQLException {
		if (row != null && hold != null) {
			require(transaction.write(HoldChange.of(row, hold.stored(StoredAccount::key), now)));
		}
	}

	private static void require(boolean written) {
		if (!written) {
			throw new TryAgainException(List.of());
		}
	}

	/**
	 * Books what a call used.
	 * @param others takes the accounts of its hold that are not among the spends, with
	 * which it is done once more
	 */
	List<Settled> settle(BudgetTransaction transaction, String id, Instant at, List<Spend> spends, Set<String> others)
			throws SQLException {
		WantedAccounts wanted = new WantedAccounts();
		spends.forEach((spend) -> wanted.add(spend.account(), spend.span()));
		wanted.addKeys(others);
		if (wanted.keys().isEmpty()) {
			return List.of();
		}
		String key = StoredHoldRow.key(id);
		LockedRows locked = transaction.lock(wanted, key);
		StoredHoldRow row = locked.hold();
		if (row == null) {
			requireRows(wanted, locked, at);
			return book(transaction, key, at, spends, wanted, locked);
		}
		BudgetDatabase.requireEpoch(locked.epoch());
		if (row.stored().stage() == HoldStage.OVER) {
			return List.of();
		}
		if (others.addAll(AccountHold.keys(row.stored())) && !wanted.keys().containsAll(others)) {
			throw new TryAgainException(List.of());
		}
		return end(transaction, row, locked, this.clock.now(at, locked.now()), spends);
	}

	/** Ends a hold whose call was not sent. */
	boolean release(BudgetTransaction transaction, String id) throws SQLException {
		StoredHoldRow seen = transaction.hold(StoredHoldRow.key(id));
		if (seen == null || seen.stored().stage() == HoldStage.OVER) {
			return false;
		}
		Set<String> keys = new HashSet<>(AccountHold.keys(seen.stored()));
		return !settle(transaction, id, seen.stored().at(), List.of(), keys).isEmpty();
	}

	private List<Settled> book(BudgetTransaction transaction, String key, Instant at, List<Spend> spends,
			WantedAccounts wanted, LockedRows locked) throws SQLException {
		Instant now = this.clock.now(at, locked.now());
		Instant began = at.isAfter(now) ? now : at;
		StoredAccount[] accounts = accounts(locked, wanted.named());
		List<Settled> settled = new ArrayList<>(accounts.length);
		for (int i = 0; i < accounts.length; i++) {
			settled.add(new Settled(accounts[i].book(spends.get(i), began), 0, spends.get(i).amount()));
		}
		AccountHold<StoredAccount> none = AccountHold.none(began, new StoredAccount[0]);
		require(transaction.write(HoldChange.of(key, null, null, none.stored(StoredAccount::key), now),
				List.of(accounts)));
		return settled;
	}

	private static List<Settled> end(BudgetTransaction transaction, StoredHoldRow row, LockedRows locked, Instant now,
			List<Spend> spends) throws SQLException {
		List<String> keys = AccountHold.keys(row.stored());
		StoredHoldRow around = around(transaction, row.within());
		AccountHold<StoredAccount> within = (around != null) ? hold(around, locked, null) : null;
		AccountHold<StoredAccount> hold = hold(row, locked, within);
		List<Settled> settled = hold.settle(spends);
		write(transaction, around, within, now);
		require(transaction.write(HoldChange.of(row, hold.stored(StoredAccount::key), now), known(locked, keys)));
		return settled;
	}

	private static List<StoredAccount> known(LockedRows locked, List<String> keys) {
		return keys.stream().filter(locked.accounts()::containsKey).map(locked::account).toList();
	}

	/** Ends a hold that nobody extended, and returns whether it did. */
	boolean expire(BudgetTransaction transaction, String key, Instant given) throws SQLException {
		StoredHoldRow seen = transaction.hold(key);
		if (seen == null || seen.stored().stage() != HoldStage.HELD) {
			return false;
		}
		WantedAccounts wanted = new WantedAccounts();
		List<String> keys = AccountHold.keys(seen.stored());
		wanted.addKeys(keys);
		LockedRows locked = transaction.lock(wanted, key);
		StoredHoldRow row = locked.hold();
		Instant now = this.clock.now(given, locked.now());
		if (row == null || !AccountHold.keys(row.stored()).equals(keys)) {
			return false;
		}
		StoredHoldRow around = around(transaction, row.within());
		AccountHold<StoredAccount> within = (around != null) ? hold(around, locked, null) : null;
		AccountHold<StoredAccount> hold = hold(row, locked, within);
		if (!hold.expire(now)) {
			return false;
		}
		write(transaction, around, within, now);
		require(transaction.write(HoldChange.of(row, hold.stored(StoredAccount::key), now), known(locked, keys)));
		return true;
	}

	/** Locks accounts that have rows, or lets these be made first. */
	LockedRows lock(BudgetTransaction transaction, WantedAccounts wanted, String holdKey, Instant given)
			throws SQLException {
		LockedRows locked = transaction.lock(wanted, holdKey);
		requireRows(wanted, locked, given);
		return locked;
	}

	private void requireRows(WantedAccounts wanted, LockedRows locked, Instant given) {
		if (!locked.has(wanted.keys())) {
			List<NewAccount> missing = wanted.missing(locked.accounts().keySet(), given);
			if (!missing.isEmpty()) {
				throw new TryAgainException(missing);
			}
		}
		BudgetDatabase.requireEpoch(locked.epoch());
	}

}
