/*
 * A disk that can be told to go wrong: preloaded into the real program, it stands between the
 * program and every call that changes a file.
 *
 * FAULT_UNDER=FOLDER   counts only what happens below this folder; every such call is a step
 * FAULT_DO=full        from step FAULT_AT on there is no room: what needs any fails with ENOSPC,
 *                      the first time after half of it was written
 * FAULT_DO=kill        the program is killed at step FAULT_AT, after half of it if it is a write
 * FAULT_WHILE=FILE     steps count, and go wrong, only while this file exists
 * FAULT_LOG=FILE       writes down every step and every line the program prints
 *
 * A record of the log is a line "KIND FILE-NUMBER OFFSET LENGTH NAME", then LENGTH bytes and a line
 * break. Kinds: C created, W written, T truncated to OFFSET, S synced, U unlinked, R renamed, F failed,
 * P printed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static long steps = 0;
static int log_to = -1;

enum answer { GO_ON, NO_ROOM, HALF };

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int counts(const char *path) {
    const char *under = getenv("FAULT_UNDER");
    if (!under || strncmp(path, under, strlen(under)) != 0)
        return 0;
    const char *trigger = getenv("FAULT_WHILE");
    return !trigger || access(trigger, F_OK) == 0;
}

/* The path of an open file; empty when it has none. */
static const char *path_of(int fd, char path[PATH_MAX]) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return path;
}

static void record(char kind, int fd, long offset, const void *data, long length, const char *path) {
    const char *to = getenv("FAULT_LOG");
    if (!to)
        return;
    if (log_to < 0)
        log_to = syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    char head[PATH_MAX + 64];
    int size = snprintf(head, sizeof head, "%c %d %ld %ld %s\n", kind, fd, offset, length, path);
    struct iovec parts[] = {{head, size}, {(void *)data, length}, {(void *)"\n", 1}};
    syscall(SYS_writev, log_to, parts, 3);
}

/* Counts a step and says what becomes of it. A call that needs room can find none. */
static enum answer step(int needs_room, int can_be_torn) {
    const char *what = getenv("FAULT_DO"), *at = getenv("FAULT_AT");
    steps++;
    if (!what || !at)
        return GO_ON;
    long moment = atol(at);
    if (strcmp(what, "full") == 0) {
        if (!needs_room || steps < moment)
            return GO_ON;
        return steps == moment && can_be_torn ? HALF : NO_ROOM;
    }
    if (steps == moment) {
        if (can_be_torn)
            return HALF;
        syscall(SYS_kill, getpid(), SIGKILL);
    }
    return GO_ON;
}

static int kills(void) {
    const char *what = getenv("FAULT_DO");
    return what && strcmp(what, "kill") == 0;
}

static ssize_t put(int fd, const void *data, size_t length, off64_t offset, int placed) {
    ssize_t (*write_)(int, const void *, size_t) = REAL(write);
    ssize_t (*pwrite_)(int, const void *, size_t, off64_t) = REAL(pwrite64);
    char path[PATH_MAX];
    if (fd == STDOUT_FILENO && getenv("FAULT_LOG"))
        record('P', fd, 0, data, length, "-");
    if (fd <= STDERR_FILENO || !counts(path_of(fd, path)))
        return placed ? pwrite_(fd, data, length, offset) : write_(fd, data, length);
    pthread_mutex_lock(&one_at_a_time);
    off64_t at = placed ? offset : lseek64(fd, 0, SEEK_CUR);
    enum answer answer = step(1, length > 1);
    ssize_t done = -1;
    if (answer == NO_ROOM) {
        errno = ENOSPC;
    } else {
        size_t some = answer == HALF ? length / 2 : length;
        done = placed ? pwrite_(fd, data, some, offset) : write_(fd, data, some);
        if (done > 0)
            record('W', fd, at, data, done, path);
        if (answer == HALF && kills())
            syscall(SYS_kill, getpid(), SIGKILL);
    }
    int kept = errno;
    pthread_mutex_unlock(&one_at_a_time);
    errno = kept;
    return done;
}

ssize_t write(int fd, const void *data, size_t length) { return put(fd, data, length, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
    return put(fd, data, length, offset, 1);
}
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
    return put(fd, data, length, offset, 1);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
    ssize_t all = 0;
    for (int part = 0; part < count; part++) {
        if (!parts[part].iov_len)
            continue;
        ssize_t done = put(fd, parts[part].iov_base, parts[part].iov_len, 0, 0);
        if (done < 0)
            return all ? all : done;
        all += done;
        if ((size_t)done < parts[part].iov_len)
            break;
    }
    return all;
}

/* Everything else: one step around the real call. */
#define AROUND(kind, fd, offset, path, needs_room, failed, call)                                   \
    do {                                                                                           \
        if (!counts(path))                                                                         \
            return call;                                                                           \
        pthread_mutex_lock(&one_at_a_time);                                                        \
        __typeof__(call) result = failed;                                                          \
        if (step(needs_room, 0) == GO_ON) {                                                        \
            result = call;                                                                         \
            record(result != failed ? kind : 'F', fd, offset, "", 0, path);                        \
        } else {                                                                                   \
            errno = ENOSPC;                                                                        \
        }                                                                                          \
        int kept = errno;                                                                          \
        pthread_mutex_unlock(&one_at_a_time);                                                      \
        errno = kept;                                                                              \
        return result;                                                                             \
    } while (0)

static int grows(int fd, off64_t length) {
    struct stat64 now;
    return fstat64(fd, &now) == 0 && length > now.st_size;
}

int ftruncate64(int fd, off64_t length) {
    int (*real)(int, off64_t) = REAL(ftruncate64);
    char path[PATH_MAX];
    AROUND('T', fd, (long)length, path_of(fd, path), grows(fd, length), -1, real(fd, length));
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int fsync(int fd) {
    int (*real)(int) = REAL(fsync);
    char path[PATH_MAX];
    AROUND('S', fd, 0L, path_of(fd, path), 0, -1, real(fd));
}
int fdatasync(int fd) {
    int (*real)(int) = REAL(fdatasync);
    char path[PATH_MAX];
    AROUND('S', fd, 0L, path_of(fd, path), 0, -1, real(fd));
}

int unlink(const char *path) {
    int (*real)(const char *) = REAL(unlink);
    AROUND('U', -1, 0L, path, 0, -1, real(path));
}

int rename(const char *from, const char *to) {
    int (*real)(const char *, const char *) = REAL(rename);
    AROUND('R', -1, 0L, to, 0, -1, real(from, to));
}

int mkdir(const char *path, mode_t mode) {
    int (*real)(const char *, mode_t) = REAL(mkdir);
    AROUND('C', -1, 0L, path, 1, -1, real(path, mode));
}

/* Opening is a step only where it makes a file. */
static int open_(const char *path, int flags, mode_t mode) {
    int (*real)(const char *, int, ...) = REAL(open64);
    int unnamed = (flags & O_TMPFILE) == O_TMPFILE;
    int makes = unnamed || ((flags & O_CREAT) && access(path, F_OK) != 0);
    if (!makes)
        return real(path, flags, mode);
    AROUND('C', -1, 0L, path, 1, -1, real(path, flags, mode));
}
int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_(path, flags, mode);
}
int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open_(path, flags, mode);
}
