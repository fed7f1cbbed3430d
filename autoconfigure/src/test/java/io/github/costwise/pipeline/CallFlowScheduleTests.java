package io.github.costwise.pipeline;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests for {@link CallFlow}: whatever happens, in whatever order, each call is settled
 * once, the flow ends once, and nothing is held thereafter.
 */
@Tag("thorough")
class CallFlowScheduleTests {

	private static final int SCHEDULES = 100_000;

	private static final int RACES = 5_000;

	private final List<FlowBench> benches = List.of(new FlowBench(FlowBench.LIGHT),
			new FlowBench(FlowBench.LIGHT, FlowBench.PEER),
			new FlowBench(FlowBench.LIGHT, FlowBench.PEER, FlowBench.STRONG));

	@Test
	void inAnyOrder() {
		for (int seed = 0; seed < SCHEDULES; seed++) {
			Random random = new Random(seed);
			try {
				new FlowSchedule(any(random), random).run();
			}
			catch (Throwable ex) {
				throw new AssertionError("Seed " + seed, ex);
			}
		}
	}

	@Test
	void atTheSameTime() {
		ExecutorService threads = Executors.newFixedThreadPool(3);
		try {
			for (int seed = 0; seed < RACES; seed++) {
				Random random = new Random(seed);
				try {
					new FlowRace(any(random), random).run(threads);
				}
				catch (Throwable ex) {
					throw new AssertionError("Seed " + seed, ex);
				}
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private FlowBench any(Random random) {
		return this.benches.get(random.nextInt(this.benches.size()));
	}

}
