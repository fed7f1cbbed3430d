package io.github.costwise.background;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import org.springframework.core.task.VirtualThreadTaskExecutor;

import io.github.costwise.faults.Faults;
import io.github.costwise.time.Time;
import io.github.costwise.time.Timers;

/**
 * Owns all threads of Costwise, in teams that have a name each: daemons, or virtual
 * threads where the application uses them. Whoever asks for a team ends what it does; the
 * ledger does so last. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Background {

	private static final String PREFIX = "costwise-";

	private final Faults faults;

	private final boolean virtual;

	private final UnaryOperator<Runnable> keeping;

	private final List<Team> teams = new CopyOnWriteArrayList<>();

	private final Timers timers;

	/**
	 * Creates an owner of daemons.
	 * @param faults told what ends a thread or a task
	 */
	public Background(Faults faults) {
		this(faults, false);
	}

	/**
	 * Creates an owner.
	 * @param faults told what ends a thread or a task
	 * @param virtual whether its threads are virtual, which needs Java 21
	 */
	public Background(Faults faults, boolean virtual) {
		this(faults, virtual, UnaryOperator.identity());
	}

	/**
	 * Creates an owner whose tasks remember what they are for.
	 * @param faults told what ends a thread or a task
	 * @param virtual whether its threads are virtual, which needs Java 21
	 * @param keeping makes of a task one that does the same with what the thread that
	 * hands it over knows, or returns the task itself when that is nothing
	 */
	public Background(Faults faults, boolean virtual, UnaryOperator<Runnable> keeping) {
		this.faults = faults;
		this.virtual = virtual;
		this.keeping = keeping;
		this.timers = new TeamTimers(team("timers", Faults.Kind.ROUTING));
	}

	/**
	 * Returns a new team without threads.
	 * @param name what its threads do, in lower case with hyphens
	 * @param kind the part of Costwise that fails with them
	 * @return the team
	 */
	public Team team(String name, Faults.Kind kind) {
		String full = PREFIX + name;
		Team team = new Team(full,
				this.virtual ? new VirtualThreadTaskExecutor(full + "-").getVirtualThreadFactory() : new Daemons(full),
				(cause) -> this.faults.report(kind, cause), this.keeping);
		this.teams.add(team);
		return team;
	}

	/**
	 * Returns the timers of the machine, which have one thread.
	 * @return the timers
	 */
	public Timers timers() {
		return this.timers;
	}

	/**
	 * Returns the time of the machine.
	 * @return its clock and its ticker, with these timers
	 */
	public Time time() {
		return Time.system(this.timers);
	}

	/**
	 * Returns what failures are reported to.
	 * @return the faults of the application
	 */
	public Faults faults() {
		return this.faults;
	}

	/**
	 * Returns what the teams are doing, in the order in which they were made.
	 * @return a state for each team that has threads, or tasks that wait
	 */
	public List<TeamState> states() {
		return this.teams.stream().map(Team::state).filter((state) -> state.threads() + state.waiting() > 0).toList();
	}

}
