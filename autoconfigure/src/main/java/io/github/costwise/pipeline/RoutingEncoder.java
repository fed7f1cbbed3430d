package io.github.costwise.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.costwise.background.Background;
import io.github.costwise.background.Team;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.time.Ticker;

/**
 * The encoder of questions to route. It starts on a thread of its own; until it is ready,
 * and where it fails, requests are routed by their hand-made features. A vector that the
 * response cache has made is not made again, since the encoder remembers it. Thread-safe.
 */
final class RoutingEncoder {

	private static final long RETRY_NANOS = 60_000_000_000L;

	private final TextEncoder encoder;

	private final Faults faults;

	private final Team team;

	private final AtomicBoolean starting = new AtomicBoolean();

	private final Ticker ticker;

	private volatile long notBefore;

	private volatile @Nullable String id;

	RoutingEncoder(TextEncoder encoder, Background background, Ticker ticker) {
		this.encoder = encoder;
		this.faults = background.faults();
		this.ticker = ticker;
		this.notBefore = ticker.read();
		this.team = background.team("routing-encoder", Faults.Kind.ENCODER);
	}

	/** The vector of a text, or {@code null} unless this encoder, ready, is the one. */
	float @Nullable [] encode(String text, String encoderId) {
		String known = this.id;
		if (known == null) {
			start();
			return null;
		}
		if (!known.equals(encoderId) || this.ticker.read() - this.notBefore < 0) {
			return null;
		}
		try {
			return this.encoder.encode(text);
		}
		catch (AdmittedEncoder.NoRoomException ex) {
			return null;
		}
		catch (Throwable ex) {
			rest(ex);
			return null;
		}
	}

	private void start() {
		if (this.ticker.read() - this.notBefore >= 0 && this.starting.compareAndSet(false, true)) {
			this.team.start(this::ask);
		}
	}

	private void ask() {
		try {
			this.id = this.encoder.id();
		}
		catch (Throwable ex) {
			rest(ex);
		}
		finally {
			this.starting.set(false);
		}
	}

	private void rest(Throwable cause) {
		this.notBefore = this.ticker.read() + RETRY_NANOS;
		this.faults.report(Faults.Kind.ENCODER, cause);
	}

}
