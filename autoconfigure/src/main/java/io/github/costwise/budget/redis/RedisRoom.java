package io.github.costwise.budget.redis;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.Subscription;

import io.github.costwise.background.Team;
import io.github.costwise.background.Worker;
import io.github.costwise.time.Alarm;
import io.github.costwise.time.Time;

/**
 * Notices room by messages, and where those are lost by a count that is read four times a
 * second; only while somebody listens. Thread-safe.
 */
final class RedisRoom implements AutoCloseable {

	private static final Duration POLL = Duration.ofMillis(240);

	private static final Duration AGAIN = Duration.ofSeconds(1);

	private final List<Listener> listeners = new CopyOnWriteArrayList<>();

	private final RedisCalls calls;

	private final RedisShards shards;

	private final Time time;

	/** Waits for messages, for as long as the client makes it. */
	private final Worker ear;

	private final Worker caller;

	private @Nullable Alarm polls;

	private volatile @Nullable RedisConnection connection;

	private volatile byte @Nullable [] count;

	private volatile boolean closed;

	RedisRoom(RedisCalls calls, RedisShards shards, Team team, Time time) {
		this.calls = calls;
		this.shards = shards;
		this.time = time;
		this.ear = team.worker(time.timers());
		this.caller = team.worker(time.timers());
	}

	AutoCloseable listen(Runnable room) {
		Listener listener = new Listener(room);
		this.listeners.add(listener);
		begin();
		return () -> {
			this.listeners.remove(listener);
			end();
		};
	}

	private synchronized void begin() {
		if (this.polls == null && !this.closed) {
			this.polls = this.time.timers().every(() -> this.caller.run(this::poll), POLL);
			this.ear.run(this::hear);
		}
	}

	private synchronized void end() {
		if (this.polls != null && (this.closed || this.listeners.isEmpty())) {
			this.polls.cancel();
			this.polls = null;
			RedisConnection open = this.connection;
			if (open != null) {
				close(open);
			}
		}
	}

	private synchronized boolean isOn() {
		return this.polls != null;
	}

	/** Some clients keep the thread while they listen, others do not. */
	private void hear() {
		if (this.connection != null || !isOn()) {
			return;
		}
		boolean listens = false;
		try {
			RedisConnection open = this.calls.listening();
			this.connection = open;
			open.subscribe((message, pattern) -> this.caller.run(this::notice),
					ScriptArguments.bytes(this.shards.channel()));
			listens = isOn() && open.isSubscribed();
			if (!listens) {
				close(open);
			}
		}
		finally {
			if (!listens) {
				this.connection = null;
				if (isOn()) {
					this.ear.runAfter(this::hear, AGAIN);
				}
			}
		}
	}

	private void close(RedisConnection open) {
		this.connection = null;
		try {
			Subscription subscription = open.getSubscription();
			if (subscription != null && subscription.isAlive()) {
				subscription.unsubscribe();
			}
		}
		finally {
			open.close();
		}
	}

	/** The parts of tenants are too many to be asked: there may be room in one. */
	private void poll() {
		if (!this.shards.isSingle()) {
			notice();
			return;
		}
		byte[] key = ScriptArguments.bytes(this.shards.key(RedisShards.FIRST, "room"));
		byte[] now = this.calls.call("count what ended", false, (open) -> open.stringCommands().get(key));
		if (!Arrays.equals(now, this.count)) {
			this.count = now;
			notice();
		}
	}

	private void notice() {
		this.listeners.forEach((listener) -> listener.room.run());
	}

	@Override
	public void close() {
		this.closed = true;
		end();
		RedisConnection open = this.connection;
		if (open != null) {
			close(open);
		}
		this.ear.close();
		this.caller.close();
	}

	/** One who listens, even if it does so twice. */
	private static final class Listener {

		private final Runnable room;

		private Listener(Runnable room) {
			this.room = room;
		}

	}

}
