/*
 * Runs a program that may talk to this machine's display and accessibility buses (unix sockets) and
 * to nothing else: with any other socket, or a way around sockets, the kernel kills it at once
 * (SIGSYS). Needs no rights.
 *
 *   no_network PROGRAM ARGUMENT...
 *   no_network --socket FAMILY     opens a socket of this family itself, to show that the trap works
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define KILL_IF(value)                                                                             \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)

static int set_the_trap(void) {
    struct sock_filter filter[] = {
        LOAD(nr),
        KILL_IF(__NR_io_uring_setup),
#ifdef __NR_socketcall
        KILL_IF(__NR_socketcall),
#endif
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 0, 3),
        LOAD(args[0]),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

int main(int count, char **words) {
    if (count < 2 || set_the_trap()) {
        fprintf(stderr, "no_network: %s\n", strerror(errno));
        return 99;
    }
    if (count == 3 && strcmp(words[1], "--socket") == 0)
        return socket(atoi(words[2]), SOCK_STREAM, 0) < 0;
    execv(words[1], words + 1);
    fprintf(stderr, "no_network: %s: %s\n", words[1], strerror(errno));
    return 99;
}
