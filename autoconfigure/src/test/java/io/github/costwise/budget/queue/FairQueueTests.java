package io.github.costwise.budget.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FairQueue}.
 */
@Tag("unit")
class FairQueueTests {

	private static final Duration AGEING = Duration.ofSeconds(10);

	private final FakeTime time = new FakeTime();

	private final AccountQueue account = new AccountQueue(new BudgetAccount("b", ""), AGEING, this.time.time());

	private final FairQueue queue = new FairQueue(AGEING);

	private Waiter add(String tenant, QueuePriority priority, long needed) {
		Waiter waiter = new Waiter(this.account, new WaitTerms(tenant, priority, needed, Duration.ofMinutes(10)),
				now());
		this.queue.add(waiter);
		return waiter;
	}

	private Waiter add(String tenant, long needed) {
		return add(tenant, QueuePriority.NORMAL, needed);
	}

	private long now() {
		return this.time.time().nanos();
	}

	private Waiter serve() {
		Waiter next = Objects.requireNonNull(this.queue.next(now()));
		this.queue.served(next);
		return next;
	}

	private List<String> serve(int times) {
		List<String> tenants = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			tenants.add(serve().terms().tenant());
		}
		return tenants;
	}

	@Test
	void tenantsTakeTurnsByWhatTheyNeed() {
		for (int i = 0; i < 6; i++) {
			add("busy", 10);
		}
		add("a", 10);
		add("b", 5);
		add("b", 5);
		assertThat(serve(5)).containsExactlyInAnyOrder("busy", "a", "b", "b", "busy");
		assertThat(serve(4)).containsOnly("busy");
		assertThat(this.queue.next(now())).isNull();
		assertThat(this.queue.size()).isZero();
	}

	@Test
	void largeCallIsNotPassedBySmallOnesForEver() {
		add("large", 100);
		for (int i = 0; i < 1_000; i++) {
			add("small-" + i % 10, 1);
		}
		Waiter next = null;
		int before = 0;
		while (next == null || !next.terms().tenant().equals("large")) {
			next = serve();
			before++;
		}
		assertThat(before).isLessThanOrEqualTo(1_000);
		add("large", 100);
		Waiter offered = Objects.requireNonNull(this.queue.next(now()));
		add("other", QueuePriority.HIGH, 1);
		assertThat(this.queue.next(now())).isSameAs(offered);
	}

	@Test
	void higherPriorityGoesFirstUntilOthersHaveWaited() {
		for (int i = 0; i < 100; i++) {
			add("batch-" + i % 5, QueuePriority.LOW, 1);
		}
		Waiter interactive = add("web", QueuePriority.HIGH, 1);
		assertThat(serve()).isSameAs(interactive);
		this.time.advance(AGEING.multipliedBy(2).plusNanos(1));
		add("web", QueuePriority.HIGH, 1);
		add("app", QueuePriority.NORMAL, 1);
		assertThat(serve().terms().priority()).isEqualTo(QueuePriority.LOW);
	}

	@Test
	void whatLeavesIsForgotten() {
		Waiter first = add("a", 1);
		Waiter second = add("a", 1);
		Waiter third = add("b", 1);
		assertThat(this.queue.next(now())).isSameAs(first);
		this.queue.left(first);
		this.queue.left(first);
		this.queue.served(first);
		assertThat(this.queue.size()).isEqualTo(2);
		assertThat(this.queue.next(now())).isSameAs(second);
		this.queue.left(third);
		assertThat(serve()).isSameAs(second);
		assertThat(this.queue.next(now())).isNull();
	}

	/** Each tenant that always has calls waiting gets at least half of an equal share. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 42 })
	void everyBusyTenantGetsItsShareWhateverOthersSend(long seed) {
		Random random = new Random(seed);
		int tenants = 50;
		for (int round = 0; round < 20; round++) {
			Map<String, Long> served = new HashMap<>();
			long all = 0;
			for (int i = 0; i < 1_000; i++) {
				for (int tenant = 0; tenant < tenants; tenant++) {
					refill("t" + tenant, 1 + 2 * tenant, random);
				}
				Waiter one = serve();
				served.merge(one.terms().tenant(), one.terms().needed(), Long::sum);
				this.waiting.merge(one.terms().tenant(), -1, Integer::sum);
				all += one.terms().needed();
			}
			long half = all / tenants / 2;
			assertThat(served).as("round %d", round).hasSize(tenants);
			assertThat(served.values()).as("round %d", round).allMatch((amount) -> amount >= half);
		}
	}

	private final Map<String, Integer> waiting = new HashMap<>();

	/** Those with a high load keep as many calls waiting, each of them at least one. */
	private void refill(String tenant, int load, Random random) {
		while (this.waiting.getOrDefault(tenant, 0) < load) {
			add(tenant, 1 + random.nextInt(20));
			this.waiting.merge(tenant, 1, Integer::sum);
		}
	}

	/** Beside a server that works on all tenants at once, each at an equal part. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 42 })
	void meanTimeIsAtMostTwiceThatOfIdealSharing(long seed) {
		Random random = new Random(seed);
		List<Job> jobs = new ArrayList<>();
		for (int tenant = 1; tenant <= 50; tenant++) {
			for (int i = 0; i < 2 * tenant; i++) {
				jobs.add(new Job("t" + tenant, random.nextInt(30_000), 1 + random.nextInt(20)));
			}
		}
		jobs.sort((one, other) -> Long.compare(one.arrives, other.arrives));
		assertThat(mean(oneAfterAnother(jobs), jobs)).isLessThanOrEqualTo(2 * mean(shared(jobs), jobs));
	}

	private static double mean(double[] ends, List<Job> jobs) {
		double sum = 0;
		for (int i = 0; i < ends.length; i++) {
			sum += ends[i] - jobs.get(i).arrives;
		}
		return sum / ends.length;
	}

	private double[] oneAfterAnother(List<Job> jobs) {
		double[] ends = new double[jobs.size()];
		Map<Waiter, Integer> places = new HashMap<>();
		long now = 0;
		int arrived = 0;
		for (int done = 0; done < jobs.size(); done++) {
			now = (this.queue.size() == 0) ? Math.max(now, jobs.get(arrived).arrives) : now;
			for (; arrived < jobs.size() && jobs.get(arrived).arrives <= now; arrived++) {
				places.put(add(jobs.get(arrived).tenant, jobs.get(arrived).work), arrived);
			}
			Waiter next = serve();
			now += next.terms().needed();
			ends[places.get(next)] = now;
		}
		return ends;
	}

	private static double[] shared(List<Job> jobs) {
		double[] ends = new double[jobs.size()];
		double[] left = jobs.stream().mapToDouble((job) -> job.work).toArray();
		Map<String, Queue<Integer>> lanes = new HashMap<>();
		double now = 0;
		int arrived = 0;
		while (arrived < jobs.size() || !lanes.isEmpty()) {
			if (lanes.isEmpty()) {
				now = Math.max(now, jobs.get(arrived).arrives);
			}
			for (; arrived < jobs.size() && jobs.get(arrived).arrives <= now; arrived++) {
				lanes.computeIfAbsent(jobs.get(arrived).tenant, (key) -> new ArrayDeque<>()).add(arrived);
			}
			double least = lanes.values().stream().mapToDouble((lane) -> left[lane.element()]).min().orElseThrow();
			double until = (arrived < jobs.size()) ? jobs.get(arrived).arrives - now : Double.MAX_VALUE;
			double step = Math.min(least * lanes.size(), until);
			double each = step / lanes.size();
			now += step;
			for (String tenant : List.copyOf(lanes.keySet())) {
				int job = lanes.get(tenant).element();
				left[job] -= each;
				if (left[job] < 1e-9) {
					ends[job] = now;
					lanes.get(tenant).remove();
				}
			}
			lanes.values().removeIf(Queue::isEmpty);
		}
		assertThat(Arrays.stream(ends).allMatch((end) -> end > 0)).isTrue();
		return ends;
	}

	private record Job(String tenant, long arrives, int work) {

	}

}
