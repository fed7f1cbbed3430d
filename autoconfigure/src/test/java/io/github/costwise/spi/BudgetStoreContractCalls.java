package io.github.costwise.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.OutputRange;
import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.spi.BudgetStore.Settled;
import io.github.costwise.spi.BudgetStore.Spend;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of a {@link BudgetStore}, in the words of its contract. Time stands still unless
 * a test moves it.
 */
final class BudgetStoreContractCalls {

	static final Instant NOON = Instant.parse("2027-03-10T12:00:00Z");

	static final BudgetAccount ALL = new BudgetAccount("all", "");

	static final BudgetAccount ANN = new BudgetAccount("user", "ann");

	static final BudgetAccount BOB = new BudgetAccount("user", "bob");

	private static final Duration EXPIRY = Duration.ofMinutes(2);

	private static final OutputRange ANY_LENGTH = new OutputRange(1, 1, 1, 1, true);

	final BudgetStore store;

	Instant now = NOON;

	BudgetStoreContractCalls(BudgetStore store) {
		this.store = store;
	}

	void pass(Duration time) {
		this.now = this.now.plus(time);
	}

	static BudgetSpan hour(Instant at) {
		Instant from = Instant.ofEpochSecond(at.getEpochSecond() / 3600 * 3600);
		return new BudgetSpan(from, from.plusSeconds(3600), null);
	}

	static Demand total(BudgetAccount account, long limit, long amount) {
		return demand(account, BudgetSpan.TOTAL, limit, amount);
	}

	static Demand demand(BudgetAccount account, BudgetSpan span, long limit, long amount) {
		return new Demand(account, span, limit, 0, 0, amount, 0, amount, true);
	}

	/** One whose holds are given back when they expire. */
	static Demand forgiving(Demand demand, long onExpiry) {
		return new Demand(demand.account(), demand.span(), demand.limit(), demand.carry(), demand.kept(),
				demand.fixed(), demand.perToken(), onExpiry, demand.enforced());
	}

	static Demand carrying(Demand demand, long carry) {
		return new Demand(demand.account(), demand.span(), demand.limit(), carry, demand.kept(), demand.fixed(),
				demand.perToken(), demand.onExpiry(), demand.enforced());
	}

	static Demand keeping(Demand demand, long kept) {
		return new Demand(demand.account(), demand.span(), demand.limit(), demand.carry(), kept, demand.fixed(),
				demand.perToken(), demand.onExpiry(), demand.enforced());
	}

	static Demand watched(Demand demand) {
		return new Demand(demand.account(), demand.span(), demand.limit(), demand.carry(), demand.kept(),
				demand.fixed(), demand.perToken(), demand.onExpiry(), false);
	}

	static Demand perToken(Demand demand, long perToken) {
		return new Demand(demand.account(), demand.span(), demand.limit(), demand.carry(), demand.kept(),
				demand.fixed(), perToken, demand.onExpiry(), demand.enforced());
	}

	Admission reserve(String id, Demand... demands) {
		return reserve(id, ANY_LENGTH, demands);
	}

	Admission reserve(String id, OutputRange output, Demand... demands) {
		return this.store.reserve(new Reservation(id, this.now, this.now.plus(EXPIRY), output, List.of(demands)));
	}

	Admission within(String around, String id, OutputRange output, Demand... demands) {
		return this.store
			.reserve(new Reservation(id, this.now, this.now.plus(EXPIRY), output, List.of(demands), around));
	}

	Admission within(String around, String id, Demand... demands) {
		return within(around, id, ANY_LENGTH, demands);
	}

	Admission.Admitted admitted(String id, Demand... demands) {
		return admitted(reserve(id, demands));
	}

	static Admission.Admitted admitted(Admission admission) {
		assertThat(admission).isInstanceOf(Admission.Admitted.class);
		return (Admission.Admitted) admission;
	}

	Admission.Denied refused(String id, Demand... demands) {
		Admission admission = reserve(id, demands);
		assertThat(admission).isInstanceOf(Admission.Denied.class);
		return (Admission.Denied) admission;
	}

	List<Settled> settle(String id, Demand demand, long amount) {
		return settle(id, List.of(demand), amount);
	}

	/** Books the same amount on the accounts of all demands. */
	List<Settled> settle(String id, List<Demand> demands, long amount) {
		List<Spend> spends = new ArrayList<>();
		for (Demand demand : demands) {
			spends.add(new Spend(demand.account(), demand.span(), demand.limit(), amount));
		}
		return this.store.settle(id, this.now, spends);
	}

	BudgetState state(Demand demand) {
		return Objects.requireNonNull(this.store.state(demand.account(), demand.span(), this.now));
	}

	/** Checks what is spent and held of an account. */
	void holds(Demand demand, long spent, long held) {
		BudgetState state = this.store.state(demand.account(), demand.span(), this.now);
		assertThat((state != null) ? state.spent() : 0).as("spent").isEqualTo(spent);
		assertThat((state != null) ? state.held() : 0).as("held").isEqualTo(held);
		assertThat((state != null) ? state.holds() : 0).as("holds").matches((count) -> held == 0 || count > 0);
	}

}
