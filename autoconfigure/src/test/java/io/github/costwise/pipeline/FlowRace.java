package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostScope;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.model.FailureKind;

/**
 * One attempt that comes to its end, is overdue and loses its caller at the same time, on
 * threads that start together. Whichever makes the next step due goes on, as drivers do.
 */
final class FlowRace implements CallStep.CallDriver {

	private final List<Attempt> sent = new CopyOnWriteArrayList<>();

	private final AtomicInteger dues = new AtomicInteger();

	private final AtomicInteger ends = new AtomicInteger();

	private final FlowBench bench;

	private final Random random;

	private final CostTurn turn;

	private final CallFlow flow;

	private volatile @Nullable Attempt current;

	FlowRace(FlowBench bench, Random random) {
		this.bench = bench;
		this.random = random;
		bench.booked.clear();
		if (random.nextBoolean()) {
			bench.probe(FlowBench.LIGHT);
		}
		FallbackPolicy policy = new FallbackPolicy(true, 3, random.nextBoolean() ? Duration.ofSeconds(1) : null,
				Duration.ofSeconds(1), null, false, Duration.ZERO, Map.of(), random.nextBoolean());
		this.turn = bench.turn(policy);
		this.flow = bench.flows.begin(this.turn, new FlowSite(true));
	}

	void run(ExecutorService threads) throws Exception {
		goOn();
		Attempt first = send();
		this.bench.time.advance(Duration.ofSeconds(1));
		boolean cancelled = this.random.nextInt(3) > 0;
		start(threads, tasks(first, cancelled));
		if (this.ends.get() == 0) {
			FlowSchedule.require(cancelled, "a flow ends, or its caller went away");
			goOn();
		}
		FlowSchedule.require(this.dues.get() <= 1, "one event makes the next step due, not " + this.dues);
		FlowSchedule.require(this.ends.get() == 1, "a flow ends once, not " + this.ends);
		first.lost();
		FlowSchedule.check(this.bench, this.turn, this.sent);
	}

	private List<Callable<Boolean>> tasks(Attempt first, boolean cancelled) {
		int chunks = this.random.nextInt(40);
		boolean fails = this.random.nextBoolean();
		List<Callable<Boolean>> tasks = new ArrayList<>();
		tasks.add(() -> {
			for (int i = 0; i < chunks; i++) {
				this.flow.chunk(first, (i % 3 == 2) ? Answers.chunk("far") : Answers.thought("hm"));
			}
			return fails ? this.flow.failed(first, new FlowBench.Trouble(FailureKind.SERVER_ERROR))
					: this.flow.answered(first, null);
		});
		tasks.add(() -> this.flow.overdue(first));
		if (cancelled) {
			tasks.add(() -> {
				this.flow.cancelled();
				return false;
			});
		}
		return tasks;
	}

	private void start(ExecutorService threads, List<Callable<Boolean>> tasks) throws Exception {
		CountDownLatch ready = new CountDownLatch(tasks.size());
		List<Future<?>> running = new ArrayList<>();
		for (Callable<Boolean> task : tasks) {
			running.add(threads.submit(() -> {
				ready.countDown();
				ready.await();
				if (task.call()) {
					this.dues.incrementAndGet();
					answerTheRest();
				}
				return null;
			}));
		}
		for (Future<?> task : running) {
			task.get(30, TimeUnit.SECONDS);
		}
	}

	/** The attempt after the first is answered at once. */
	private void answerTheRest() {
		goOn();
		while (this.ends.get() == 0) {
			Attempt next = send();
			this.flow.chunk(next, Answers.chunk("384,400 km"));
			if (!this.flow.answered(next, null)) {
				return;
			}
			goOn();
		}
	}

	private Attempt send() {
		Attempt next = this.current;
		try (CostScope.Opened sending = next.sending()) {
			if (sending != null) {
				this.sent.add(next);
			}
		}
		return next;
	}

	private void goOn() {
		this.current = null;
		while (this.current == null && this.ends.get() == 0) {
			this.flow.next().accept(this);
		}
	}

	@Override
	public void work(CallStep.RunWork step) {
		step.work().run();
	}

	@Override
	public void await(CallStep.Pause step) {
		throw new AssertionError("Nothing is to be waited for");
	}

	@Override
	public void send(CallStep.Send step) {
		this.current = step.attempt();
	}

	@Override
	public void give(CallStep.Give step) {
		this.ends.incrementAndGet();
	}

	@Override
	public void fail(CallStep.Raise step) {
		this.ends.incrementAndGet();
	}

}
