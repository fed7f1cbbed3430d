package io.github.costwise.background;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A pool whose tasks keep what they are for. Tasks that never ran are given back as they
 * were handed over.
 */
final class KeepingPool extends ThreadPoolExecutor {

	private final Team team;

	KeepingPool(int most, int room, Team team) {
		super((room > 0) ? most : 0, most, 1, TimeUnit.SECONDS,
				(room > 0) ? new LinkedBlockingQueue<>(room) : new SynchronousQueue<>(), team);
		this.team = team;
	}

	@Override
	public void execute(Runnable task) {
		Runnable kept = this.team.keeping(task);
		super.execute((kept == task) ? task : new KeptTask(task, kept));
	}

	@Override
	public List<Runnable> shutdownNow() {
		return super.shutdownNow().stream()
			.map((task) -> (task instanceof KeptTask kept) ? kept.task() : task)
			.toList();
	}

	private record KeptTask(Runnable task, Runnable keeping) implements Runnable {

		@Override
		public void run() {
			this.keeping.run();
		}

	}

}
