package io.github.costwise.testsupport;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Redis with the Query Engine for one test alone, which may be flushed, started again and
 * stopped.
 *
 * @since 0.1.0
 */
public final class OwnRedis implements AutoCloseable {

	private final ServerProcess.Spec spec;

	private ServerProcess server;

	private OwnRedis(ServerProcess.Spec spec, ServerProcess server) {
		this.spec = spec;
		this.server = server;
	}

	/**
	 * Starts a server.
	 * @param folder where it keeps its file
	 * @return the server
	 * @throws IOException if it does not start
	 * @throws InterruptedException if this thread is interrupted
	 */
	public static OwnRedis start(Path folder) throws IOException, InterruptedException {
		ServerProcess.Spec spec = RedisServer.own(PackageCache.shared(), folder);
		return new OwnRedis(spec, ServerProcess.start(spec));
	}

	/**
	 * Returns the address, which stays the same.
	 * @return address such as {@code redis://127.0.0.1:41000}
	 */
	public URI uri() {
		return URI.create("redis://127.0.0.1:" + this.server.port());
	}

	/**
	 * Ends the server when it has saved everything, and starts it again.
	 * @throws IOException if it does not start
	 * @throws InterruptedException if this thread is interrupted
	 */
	public void restart() throws IOException, InterruptedException {
		try (JedisPooled redis = new JedisPooled(uri())) {
			redis.sendCommand(Protocol.Command.SAVE);
		}
		catch (JedisException ex) {
			throw new IOException("Redis did not save", ex);
		}
		int port = this.server.port();
		this.server.stop();
		this.server = ServerProcess.startOn(this.spec, port);
	}

	/**
	 * Lets the server answer nothing until it goes on.
	 * @throws IOException if it has ended
	 * @throws InterruptedException if this thread is interrupted
	 */
	public void hang() throws IOException, InterruptedException {
		this.server.signal("STOP");
	}

	/**
	 * Lets the server go on.
	 * @throws IOException if it has ended
	 * @throws InterruptedException if this thread is interrupted
	 */
	public void goOn() throws IOException, InterruptedException {
		this.server.signal("CONT");
	}

	@Override
	public void close() throws IOException, InterruptedException {
		this.server.signal("CONT");
		this.server.stop();
	}

}
