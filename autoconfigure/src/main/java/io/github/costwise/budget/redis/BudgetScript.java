package io.github.costwise.budget.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

import io.github.costwise.text.Hex;

/**
 * What Redis does in one step. Each is made of files next to this class, which say what
 * their keys and arguments are.
 */
enum BudgetScript {

	/** Holds what a call may cost. */
	RESERVE("bookings", "holds", "reserve"),

	/** Books what a call used. */
	SETTLE("bookings", "holds", "settle"),

	/** Ends a hold. */
	RELEASE("bookings", "holds", "release"),

	/** Keeps holds. */
	EXTEND("bookings", "holds", "extend"),

	/** Ends holds that are due. */
	EXPIRE("bookings", "holds", "expire"),

	/** Changes a limit or what was spent. */
	ADJUST("bookings", "adjust"),

	/** Reads an account. */
	STATE("state"),

	/** Reads accounts of a budget. */
	STATES("states"),

	/** Begins again with what is known from elsewhere. */
	RESTORE("bookings", "restore");

	private final byte[] text;

	private final String sha;

	BudgetScript(String... files) {
		StringBuilder all = new StringBuilder();
		Common.FILES.forEach((file) -> all.append(read(file)));
		for (String file : files) {
			all.append(read(file));
		}
		this.text = all.toString().getBytes(StandardCharsets.UTF_8);
		this.sha = sha(this.text);
	}

	/** Returns the text, in UTF-8. */
	byte[] text() {
		return this.text;
	}

	/** Returns the name by which Redis knows the text once it was loaded. */
	String sha() {
		return this.sha;
	}

	static String read(String file) {
		try (InputStream in = BudgetScript.class.getResourceAsStream(file + ".lua")) {
			if (in == null) {
				throw new IOException("there is no " + file + ".lua");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String sha(byte[] text) {
		try {
			return Hex.of(MessageDigest.getInstance("SHA-1").digest(text));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What they all begin with. */
	private static final class Common {

		private static final List<String> FILES = List.of("open", "amounts", "windows");

	}

}
