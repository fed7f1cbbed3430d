package io.github.costwise.budget.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.budget.memory.MemoryBudgetStore;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.spi.BudgetStore;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.OutputRange;
import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.spi.BudgetStore.Spend;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a {@link RedisBudgetStore} answers what a {@link MemoryBudgetStore} does,
 * whatever is asked for, with small amounts and with such that doubles cannot hold.
 */
@RequiresRealPart(RealPart.REDIS)
class RedisBudgetLikenessIntegrationTests {

	private static final int STEPS = 3_000;

	private static final Instant NOON = Instant.parse("2027-03-10T12:00:00Z");

	private final MemoryBudgetStore memory = new MemoryBudgetStore();

	private final Map<String, Reservation> open = new LinkedHashMap<>();

	private final Set<String> admitted = new HashSet<>();

	private Random random = new Random(0);

	private Instant now = NOON;

	private long unit = 1;

	@ParameterizedTest
	@ValueSource(longs = { 1, 1_000_000_007L, 400_000_000_000_003L })
	void answersWhatTheStoreInMemoryAnswers(long unit) throws Exception {
		this.random = new Random(unit);
		this.unit = unit;
		try (RedisBudgetStores stores = new RedisBudgetStores()) {
			RedisBudgetStore redis = stores.fake(stores.lettuce(RealParts.redis()), RedisBudgetStores.settings());
			redis.restore(List.of());
			for (int i = 0; i < STEPS; i++) {
				this.now = this.now.plusSeconds(this.random.nextInt(8));
				step(redis, "call " + i);
			}
		}
		assertThat(this.admitted).hasSizeGreaterThan(STEPS / 20);
	}

	private void step(RedisBudgetStore redis, String id) {
		switch (this.random.nextInt(8)) {
			case 0, 1, 2, 3 -> reserve(redis, id);
			case 4, 5 -> end(redis, this.random.nextInt(4) == 0);
			case 6 -> both(redis, (store) -> new HashSet<>(store.expire(this.now)));
			default -> adjust(redis);
		}
	}

	private <T> T both(RedisBudgetStore redis, Function<BudgetStore, T> step) {
		T expected = step.apply(this.memory);
		assertThat(step.apply(redis)).as("at " + this.now).isEqualTo(expected);
		return expected;
	}

	private void reserve(RedisBudgetStore redis, String id) {
		List<Demand> demands = new ArrayList<>();
		for (String budget : List.of("total", "hour", "rolling")) {
			if (this.random.nextInt(3) > 0) {
				demands.add(demand(budget));
			}
		}
		int least = 1 + this.random.nextInt(60);
		int most = least + this.random.nextInt(300);
		OutputRange range = new OutputRange(least, most, least + this.random.nextInt(most - least + 1),
				1 + this.random.nextInt(60), this.random.nextBoolean());
		boolean lasting = this.random.nextInt(4) == 0;
		String within = (!lasting && this.random.nextInt(3) == 0) ? lasting() : null;
		Instant expires = this.now.plusSeconds(lasting ? 1_000_000 : 30 + this.random.nextInt(900));
		Reservation reservation = new Reservation(id, this.now, expires, range, demands, within);
		if (both(redis, (store) -> store.reserve(reservation)) instanceof Admission.Admitted) {
			this.open.put(id, reservation);
			this.admitted.add(id);
		}
	}

	/**
	 * Those that expire at once may do so in any order, which tells when one draws on the
	 * other.
	 */
	private @Nullable String lasting() {
		return this.open.values()
			.stream()
			.filter((call) -> call.expires().isAfter(this.now.plusSeconds(1_000)))
			.map(Reservation::id)
			.findFirst()
			.orElse(null);
	}

	private Demand demand(String budget) {
		long limit = this.unit * (500 + this.random.nextInt(1_500)) + this.random.nextInt(7);
		long perToken = this.unit * this.random.nextInt(3) + this.random.nextInt(2);
		long fixed = this.unit * this.random.nextInt(100) + this.random.nextInt(3);
		long carry = budget.equals("hour") ? this.unit * this.random.nextInt(200) : 0;
		long kept = (this.random.nextInt(4) == 0) ? limit / 10 : 0;
		return new Demand(account(budget), span(budget), limit, carry, kept, fixed, perToken,
				this.random.nextBoolean() ? Demand.WHOLE : fixed / 2, this.random.nextInt(5) > 0);
	}

	private BudgetAccount account(String budget) {
		return new BudgetAccount(budget, "owner " + this.random.nextInt(3));
	}

	private BudgetSpan span(String budget) {
		Instant hour = Instant.ofEpochSecond(this.now.getEpochSecond() / 3600 * 3600);
		return switch (budget) {
			case "total" -> BudgetSpan.TOTAL;
			case "hour" -> new BudgetSpan(hour, hour.plusSeconds(3600), null);
			default -> BudgetSpan.rolling(Duration.ofMinutes(30));
		};
	}

	private void end(RedisBudgetStore redis, boolean released) {
		if (this.open.isEmpty()) {
			return;
		}
		List<String> ids = List.copyOf(this.open.keySet());
		String id = ids.get(this.random.nextInt(ids.size()));
		Reservation call = this.open.remove(id);
		if (released) {
			this.memory.release(id);
			redis.release(id);
		}
		else {
			List<Spend> spends = call.demands()
				.stream()
				.map((demand) -> new Spend(demand.account(), demand.span(), demand.limit(),
						demand.amount(this.random.nextInt(100))))
				.toList();
			both(redis,
					(store) -> store.settle(id, call.at(), spends)
						.stream()
						.map((one) -> List.of(one.state().account(), one.held(), one.spent(), one.state().held(),
								one.state().holds()))
						.toList());
		}
		call.demands().forEach((demand) -> look(redis, demand));
	}

	private void look(RedisBudgetStore redis, Demand demand) {
		both(redis, (store) -> Optional.ofNullable(store.state(demand.account(), demand.span(), this.now)));
	}

	private void adjust(RedisBudgetStore redis) {
		String budget = List.of("total", "hour", "rolling").get(this.random.nextInt(3));
		BudgetAccount account = account(budget);
		long more = this.unit * (1 + this.random.nextInt(50));
		long spent = this.unit * (this.random.nextInt(300) - 290);
		if (this.memory.state(account, span(budget), this.now) != null) {
			both(redis, (store) -> store.adjust(account, span(budget), this.now, more, spent));
		}
	}

}
