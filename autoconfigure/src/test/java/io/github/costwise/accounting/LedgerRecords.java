package io.github.costwise.accounting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.CallEnding;
import io.github.costwise.model.CallRecord.CallIdentity;
import io.github.costwise.model.CallRecord.CallTarget;
import io.github.costwise.model.CallRecord.CallTiming;
import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.model.CallRecord.HttpAttempt;
import io.github.costwise.model.CallRecord.Operation;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.CallRecord.SourcedUsage;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.Savings;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.RouteChoice;
import io.github.costwise.model.TurnRecord.TurnCost;
import io.github.costwise.model.TurnRecord.TurnIdentity;
import io.github.costwise.model.TurnRecord.TurnTiming;
import io.github.costwise.model.Versions;
import io.github.costwise.spi.UsageLedger;

/**
 * Makes records for ledger tests, the same ones for the same seed.
 */
public final class LedgerRecords {

	/** The newest moment of any record, on a full hour. */
	public static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

	private static final int HOURS = 50;

	private final Random random;

	private final String prefix;

	private int next;

	public LedgerRecords(long seed) {
		this(seed, "r" + seed);
	}

	public LedgerRecords(long seed, String prefix) {
		this.random = new Random(seed);
		this.prefix = prefix;
	}

	/** A turn with up to three calls, or sometimes a call that no turn made. */
	public Appended next() {
		return (this.random.nextInt(5) == 0) ? new Appended(null, List.of(alone())) : turn();
	}

	/** A call that no turn made. */
	public CallRecord alone() {
		String id = id("alone");
		return call(id, id, 1, attribution());
	}

	private Appended turn() {
		String id = id("turn");
		Attribution attribution = attribution();
		List<CallRecord> calls = new ArrayList<>();
		for (int round = 1; round <= this.random.nextInt(4); round++) {
			calls.add(call(id("call"), id, round, attribution));
		}
		Money cost = calls.stream().map((call) -> call.price().amount()).reduce(Money.ZERO, Money::plus);
		Savings saved = new Savings(Money.ofNanos(this.random.nextInt(2_000_000)),
				Money.ofNanos(this.random.nextInt(2_000_000) - 1_000_000), Money.ofNanos(this.random.nextInt(10_000)));
		TurnRecord turn = new TurnRecord(new TurnIdentity(id, maybe("parent")), new TurnTiming(at(), latency()),
				attribution, versions(), new RouteChoice(one(Tier.values()), "client"),
				one(TurnRecord.TurnOutcome.values()), one(TurnRecord.CacheOutcome.values()),
				new TurnCost(calls.size(), cost, saved));
		return new Appended(turn, calls);
	}

	private CallRecord call(String id, String turnId, int round, Attribution attribution) {
		String model = "model-" + this.random.nextInt(3);
		return new CallRecord(new CallIdentity(id, turnId, round, one(Purpose.values())),
				new CallTiming(at(), latency(),
						this.random.nextBoolean() ? Duration.ofNanos(this.random.nextInt()) : null,
						this.random.nextBoolean()),
				new CallTarget(one(Operation.values()), one("openai", "anthropic"), model, model,
						one(ServiceTier.values())),
				new SourcedUsage(usage(), one(UsageSource.values())), price(),
				new CallEnding(one(Outcome.values()), maybe("TimeoutException"), attempts(), one(Coverage.values())),
				attribution, versions());
	}

	private Duration latency() {
		return Duration.ofNanos(this.random.nextLong(1L << 40));
	}

	private Versions versions() {
		return new Versions(one("default", "careful"), maybe("p1"), maybe("r1"));
	}

	private TokenUsage usage() {
		TokenUsage.UsageBuilder usage = TokenUsage.builder();
		for (BilledUnit unit : BilledUnit.values()) {
			usage.add(unit, this.random.nextInt(100_000));
		}
		return usage.build();
	}

	private Price price() {
		Money[] parts = new Money[4];
		Money amount = Money.ZERO;
		for (int i = 0; i < parts.length; i++) {
			parts[i] = Money.ofNanos(this.random.nextLong(10_000_000_000L));
			amount = amount.plus(parts[i]);
		}
		PriceState state = one(PriceState.values());
		Set<PriceReason> reasons = (state == PriceState.ESTIMATED)
				? EnumSet.of(one(PriceReason.values()), PriceReason.HOST_UNKNOWN) : Set.of();
		return new Price(amount, Money.ofNanos(this.random.nextLong(10_000_000_000L)), parts[0], parts[1], parts[2],
				parts[3], state, reasons, "2026-03-01", "standard");
	}

	private List<HttpAttempt> attempts() {
		List<HttpAttempt> attempts = new ArrayList<>();
		for (int number = 1; number <= this.random.nextInt(3); number++) {
			attempts.add(new HttpAttempt(number, one(0, 200, 429), Duration.ofMillis(this.random.nextInt(5000)),
					one("ok", "http_429", "connect \"reset\"\n\u00e9\u2028\\")));
		}
		return attempts;
	}

	private Attribution attribution() {
		if (this.random.nextInt(6) == 0) {
			return Attribution.NONE;
		}
		return new Attribution(one("search", "support", "digest"), maybe("tenant-" + this.random.nextInt(4)),
				maybe("user-" + this.random.nextInt(9)),
				one(Map.of(), Map.of("team", "a\"b", "cost centre", "42\u20ac"), Map.of("team", "red"),
						Map.of("a", "x\",\"team\":\"blue\"", "\"team", "no", "team\\", "no", "zone", "{"),
						Map.of(",", "b", "z", ",", ":", "c", "team", "{\",\":\"\\")));
	}

	private Instant at() {
		return NOW.minusSeconds(1 + this.random.nextInt(HOURS * 3600))
			.plusNanos(1000L * this.random.nextInt(1_000_000));
	}

	private String id(String kind) {
		return this.prefix + "-" + kind + "-" + this.next++;
	}

	private String maybe(String value) {
		return (this.random.nextInt(3) == 0) ? null : value;
	}

	@SafeVarargs
	private <T> T one(T... values) {
		return values[this.random.nextInt(values.length)];
	}

	/** A turn, or none, with its calls in order. */
	public record Appended(TurnRecord turn, List<CallRecord> calls) {

		public void to(UsageLedger ledger) {
			this.calls.forEach(ledger::append);
			if (this.turn != null) {
				ledger.append(this.turn);
			}
		}

		public UsageLedger.LedgerEvent event() {
			return new UsageLedger.LedgerEvent(this.turn, this.calls);
		}

		public Instant startedAt() {
			return (this.turn != null) ? this.turn.timing().startedAt() : this.calls.get(0).timing().startedAt();
		}

		public String id() {
			return (this.turn != null) ? this.turn.id() : this.calls.get(0).id();
		}

		public Attribution attribution() {
			return (this.turn != null) ? this.turn.attribution() : this.calls.get(0).attribution();
		}

	}

}
